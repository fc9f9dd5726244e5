/* jxl_bits.c: the numbers of a bundle of bits. */
#include "container/jxl_private.h"

guint32
fg_jxl_bits(JxlBits *bits, guint wanted)
{
    guint8 byte = 0;
    while (bits->count < wanted) {
        bits->over |= !fg_cursor_u8(&bits->at, &byte);
        bits->held |= (guint64)(bits->over ? 0 : byte) << bits->count;
        bits->count += 8;
    }
    guint32 value = (guint32)(bits->held & (((guint64)1 << wanted) - 1));
    bits->held >>= wanted;
    bits->count -= wanted;
    return value;
}

guint32
fg_jxl_choice(JxlBits *bits, const JxlChoice *choice)
{
    guint32 selector = fg_jxl_bits(bits, 2);
    return fg_jxl_bits(bits, choice->bits[selector]) + choice->offset[selector];
}
