// sharp-usual.cjs IN OUT FORMATS: the job of bench_publish.sh with sharp as most scripts use it: a pipeline from the file for each
// output, two photos at a time.
const fs = require('fs');
const path = require('path');
const sharp = require('sharp');

const [input, output, formats = 'jpeg,webp'] = process.argv.slice(2);
const widths = [2048, 1280, 640];
const notice = '© 2026 Photo Allegret';
const settings = {
    jpeg: ['jpg', { quality: 82 }],
    webp: ['webp', { quality: 80, effort: 4 }],
    avif: ['avif', { quality: 65, effort: 1 }],
};
sharp.cache(false);
fs.mkdirSync(output, { recursive: true });

function label(side) {
    const size = Math.max(12, Math.round(0.035 * side));
    return Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="${size * 10}" height="${size * 2}">` +
            `<text x="98%" y="70%" text-anchor="end" font-family="DejaVu Sans" font-size="${size}" ` +
            `fill="white" fill-opacity="0.5">© Photo Allegret</text></svg>`);
}

async function publish(name) {
    const file = path.join(input, name);
    const stem = path.parse(name).name;
    const meta = await sharp(file).autoOrient().metadata();
    const full = meta.autoOrient ?? meta;
    for (const width of widths) {
        const w = Math.min(width, full.width);
        const h = Math.max(1, Math.round((full.height * w) / full.width));
        for (const format of formats.split(',')) {
            const [ending, options] = settings[format];
            await sharp(file)
                .autoOrient()
                .resize(w, h)
                .composite([{ input: label(Math.min(w, h)), gravity: 'southeast' }])
                .withExif({ IFD0: { Copyright: notice, Artist: 'Photo Allegret' } })
                .toFormat(format, options)
                .toFile(path.join(output, `${stem}-${w}.${ending}`));
        }
    }
}

const names = fs.readdirSync(input).sort();
Promise.all([0, 1].map(async () => {
    while (names.length) await publish(names.shift());
}));
