#include <filigrane/filigrane.h>
#include <stdio.h>

int
main(void)
{
    printf("filigrane %s\n", fg_version());
    return 0;
}
