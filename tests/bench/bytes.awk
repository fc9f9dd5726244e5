# bytes.awk JUDGED: reads off, for each photo and encoder, the bytes at which its score is the anchor's, along straight lines through
# the logarithms; prints the geometric mean of their ratio to the anchor's bytes: "encoder TAB measure TAB ratio TAB remark".
BEGIN {
    FS = "|"
    OFS = "\t"
    split("ssimulacra|butteraugli", measures, "|")
}
# A picture that a judge could not read.
$5 <= 0 || $6 <= 0 {
    lost++
    next
}
{
    encoder = $1
    if (encoder == "libjpeg-turbo") {
        bytes_of[$2] = $4
        for (m = 1; m <= 2; m++)
            target[$2, m] = log($(4 + m))
        next
    }
    if (!(encoder in seen)) {
        seen[encoder] = 1
        order[++encoders] = encoder
    }
    n = ++count[encoder, $2]
    size[encoder, $2, n] = log($4)
    for (m = 1; m <= 2; m++)
        score[encoder, $2, n, m] = log($(4 + m))
}

# By quality: bytes grow and scores fall. The files were judged side by side, and come in any order.
function sort_ladder(encoder, photo,    i, j, m, t) {
    for (i = 2; i <= count[encoder, photo]; i++)
        for (j = i; j > 1 && size[encoder, photo, j] < size[encoder, photo, j - 1]; j--) {
            t = size[encoder, photo, j]; size[encoder, photo, j] = size[encoder, photo, j - 1]; size[encoder, photo, j - 1] = t
            for (m = 1; m <= 2; m++) {
                t = score[encoder, photo, j, m]
                score[encoder, photo, j, m] = score[encoder, photo, j - 1, m]
                score[encoder, photo, j - 1, m] = t
            }
        }
}

function bytes_at(encoder, photo, m,    n, i, share) {
    n = count[encoder, photo]
    for (i = 1; i < n - 1; i++)
        if (score[encoder, photo, i + 1, m] <= target[photo, m])
            break
    if (target[photo, m] > score[encoder, photo, 1, m] || target[photo, m] < score[encoder, photo, n, m])
        outside++
    share = (target[photo, m] - score[encoder, photo, i, m]) / (score[encoder, photo, i + 1, m] - score[encoder, photo, i, m])
    return size[encoder, photo, i] + share * (size[encoder, photo, i + 1] - size[encoder, photo, i])
}

END {
    for (e = 1; e <= encoders; e++)
        for (m = 1; m <= 2; m++) {
            sum = photos = outside = 0
            for (photo in bytes_of)
                if (count[order[e], photo] > 1) {
                    sort_ladder(order[e], photo)
                    sum += bytes_at(order[e], photo, m) - log(bytes_of[photo])
                    photos++
                }
            if (photos)
                print order[e], measures[m], exp(sum / photos), outside ? "(" outside " of " photos " beyond the qualities tried)" : ""
        }
    if (lost)
        print lost " pictures could not be judged" >"/dev/stderr"
}
