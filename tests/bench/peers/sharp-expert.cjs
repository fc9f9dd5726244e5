// sharp-expert.cjs IN OUT FORMATS: the job of bench_publish.sh with sharp as its documentation advises: decode once, derive each size from
// the one above, composite the mark, write all formats, two photos at a time.
const fs = require('fs');
const path = require('path');
const sharp = require('sharp');

const [input, output, formats = 'jpeg,webp'] = process.argv.slice(2);
const widths = [2048, 1280, 640];
const notice = '© 2026 Photo Allegret';
sharp.cache(false);
fs.mkdirSync(output, { recursive: true });

function label(width, height) {
    const size = Math.max(12, Math.round(0.035 * Math.min(width, height)));
    return Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="${size * 10}" height="${size * 2}">` +
            `<text x="98%" y="70%" text-anchor="end" font-family="DejaVu Sans" font-size="${size}" ` +
            `fill="white" fill-opacity="0.5">${notice.replace('2026 ', '')}</text></svg>`);
}

const labels = new Map();
async function mark(width, height) {
    const key = Math.min(width, height);
    if (!labels.has(key)) labels.set(key, sharp(label(width, height)).png().toBuffer());
    return labels.get(key);
}

async function publish(name) {
    const stem = path.parse(name).name;
    let current = sharp(path.join(input, name), { sequentialRead: true }).autoOrient();
    const meta = await current.metadata();
    const full = meta.autoOrient ?? meta;
    for (const width of widths) {
        const w = Math.min(width, full.width);
        const h = Math.max(1, Math.round((full.height * w) / full.width));
        const { data, info } = await current.resize(w, h).toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true });
        const raw = { width: info.width, height: info.height, channels: info.channels };
        current = sharp(data, { raw });
        const marked = await sharp(data, { raw })
            .composite([{ input: await mark(w, h), gravity: 'southeast' }])
            .removeAlpha()
            .raw()
            .toBuffer();
        const tagged = () => sharp(marked, { raw }).withExif({ IFD0: { Copyright: notice, Artist: 'Photo Allegret' } });
        const encoders = {
            jpeg: () => tagged().jpeg({ quality: 82 }).toFile(path.join(output, `${stem}-${w}.jpg`)),
            webp: () => tagged().webp({ quality: 80, effort: 4 }).toFile(path.join(output, `${stem}-${w}.webp`)),
            avif: () => tagged().avif({ quality: 65, effort: 1 }).toFile(path.join(output, `${stem}-${w}.avif`)),
        };
        await Promise.all(formats.split(',').map((format) => encoders[format]()));
    }
}

const names = fs.readdirSync(input).sort();
Promise.all([0, 1].map(async () => {
    while (names.length) await publish(names.shift());
}));
