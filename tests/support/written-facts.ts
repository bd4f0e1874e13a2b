/** Facts that tests write into pictures, as EXIF and as XMP. */
import type { CaptureFacts } from '#shared/capture.ts';

/** Facts to write into a picture; what is left out is not written. */
export type WrittenFacts = Partial<Omit<CaptureFacts, 'orientation' | 'width' | 'height'>>;

/** The facts that `exif: true` writes: a camera, a capture time one minute per seed after 2026-05-02, keywords, a rating. */
export function usualFacts(seed: number): WrittenFacts {
  const capturedAt = new Date(Date.UTC(2026, 4, 2, 6, 0) + (seed % 500_000) * 60_000)
    .toISOString()
    .slice(0, 19);
  return {
    capturedAt,
    captureOffset: '+02:00',
    cameraMake: 'Lumen',
    cameraModel: 'L1',
    lens: 'Lumen 35mm F2',
    keywords: ['trip', `roll ${seed % 36}`],
    rating: Math.abs(seed) % 6,
  };
}

/** Degrees as the three rationals of EXIF. */
const degrees = (value: number): string => {
  const seconds = Math.round(Math.abs(value) * 360_000);
  return `${Math.floor(seconds / 360_000)}/1 ${Math.floor((seconds % 360_000) / 6000)}/1 ${seconds % 6000}/100`;
};

const given = (entries: Record<string, string | null | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(entries).filter((entry): entry is [string, string] => Boolean(entry[1])));

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The EXIF directories for {@link WrittenFacts}, as sharp takes them. */
export function exifOf(facts: WrittenFacts): Record<'IFD0' | 'IFD2' | 'IFD3', Record<string, string>> {
  const taken = facts.capturedAt?.replace('T', ' ').replaceAll('-', ':').slice(0, 19);
  const { latitude, longitude } = facts;
  return {
    IFD0: given({ Make: facts.cameraMake, Model: facts.cameraModel, ImageDescription: facts.caption }),
    IFD2: given({ DateTimeOriginal: taken, OffsetTimeOriginal: facts.captureOffset, LensModel: facts.lens }),
    IFD3:
      typeof latitude !== 'number' || typeof longitude !== 'number'
        ? {}
        : {
            GPSLatitudeRef: latitude < 0 ? 'S' : 'N',
            GPSLatitude: degrees(latitude),
            GPSLongitudeRef: longitude < 0 ? 'W' : 'E',
            GPSLongitude: degrees(longitude),
          },
  };
}

const bag = (name: string, values: readonly string[] | undefined): string =>
  values === undefined || values.length === 0
    ? ''
    : `<${name}><rdf:Bag>${values.map((value) => `<rdf:li>${escape(value)}</rdf:li>`).join('')}</rdf:Bag></${name}>`;

/** An XMP packet with the caption, keywords and rating of `facts`; also good as a sidecar's content. */
export function xmpOf(facts: WrittenFacts): string {
  const caption = facts.caption
    ? `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escape(facts.caption)}</rdf:li></rdf:Alt></dc:description>`
    : '';
  const rating = typeof facts.rating === 'number' ? ` xmp:Rating="${facts.rating}"` : '';
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:lr="http://ns.adobe.com/lightroom/1.0/"${rating}>${caption}${bag('dc:subject', facts.keywords)}${bag('lr:hierarchicalSubject', facts.hierarchicalKeywords)}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;
}
