// mozjpeg.cjs IN OUT QUALITY: every picture of a folder as JPEG by mozjpeg with all that it can do, through sharp.
const fs = require('fs');
const path = require('path');
const sharp = require('sharp');

const [input, output, quality] = process.argv.slice(2);
for (const name of fs.readdirSync(input)) {
    sharp(path.join(input, name))
        .jpeg({ quality: Number(quality), mozjpeg: true })
        .toFile(path.join(output, `${path.parse(name).name}.jpg`));
}
