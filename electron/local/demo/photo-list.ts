/** The sample photos: what is on each, and what its file says about it. */
import type { Scene } from './drawing/scene.ts';
import { avenue } from './scenes/avenue.ts';
import { balloons } from './scenes/balloons.ts';
import { bicycle } from './scenes/bicycle.ts';
import { bridge } from './scenes/bridge.ts';
import { candles } from './scenes/candles.ts';
import { catAtWindow } from './scenes/cat-at-window.ts';
import { cityAtNight } from './scenes/city-at-night.ts';
import { cliffs } from './scenes/cliffs.ts';
import { coffee } from './scenes/coffee.ts';
import { desertRoad } from './scenes/desert-road.ts';
import { dunes } from './scenes/dunes.ts';
import { forest } from './scenes/forest.ts';
import { fruit } from './scenes/fruit.ts';
import { harbour } from './scenes/harbour.ts';
import { hutUnderStars } from './scenes/hut-under-stars.ts';
import { lake } from './scenes/lake.ts';
import { lighthouse } from './scenes/lighthouse.ts';
import { rainyStreet } from './scenes/rainy-street.ts';
import { sailing } from './scenes/sailing.ts';
import { tulips } from './scenes/tulips.ts';

export interface DemoPhoto {
  /** Folder and name below `photos/`; the ending decides the format. */
  readonly file: string;
  readonly scene: Scene;
  /** Which frame of a burst. Default 0. */
  readonly frame?: number;
  /** Upright pixels. Default 1600 × 1067. */
  readonly width?: number;
  readonly height?: number;
  /** Rays per pixel. Default 3. */
  readonly samples?: number;
  /** How the pixels are stored; the photo looks upright all the same. Default 1. */
  readonly orientation?: 1 | 3 | 6 | 8;
  /** Colours kept in Display P3 instead of sRGB. */
  readonly wide?: true;
  /** Local wall time, with thousandths for a burst; the offset is always +02:00. */
  readonly capturedAt: string;
  readonly caption?: string;
  /** `|` between levels; the last level of each is also a flat keyword. */
  readonly keywords: readonly string[];
  readonly rating?: number;
  readonly gps?: readonly [latitude: number, longitude: number];
  /** Lens, aperture, shutter speed, ISO. */
  readonly shot: readonly [lens: string, aperture: number, seconds: string, iso: number];
}

const COAST = '2026-05-02 Coast';
const MOUNTAINS = '2026-05-03 Mountains';
const WIDE = 'Lumen 18-35mm F4';
const NORMAL = 'Lumen 50mm F1.8';
const LONG = 'Lumen 70-200mm F4';

const CLIFFS = {
  scene: cliffs,
  samples: 2,
  keywords: ['nature|water|sea', 'nature|rock|cliff', 'nature|water|waves'],
  gps: [43.4931, -3.7812],
  shot: [WIDE, 8, '1/500', 100],
} as const;

const LAKE = {
  scene: lake,
  keywords: ['nature|water|lake', 'nature|mountains', 'light|dawn', 'light|reflection'],
  gps: [43.1906, -4.8312],
  shot: [WIDE, 11, '1/60', 100],
} as const;

const FIRST_DAY: readonly DemoPhoto[] = [
  {
    file: `${COAST}/DSC_0405.jpg`,
    scene: bridge,
    capturedAt: '2026-05-02T06:58:14',
    caption: 'The bridge before the fog lifts',
    keywords: ['places|bridge', 'weather|fog', 'light|dawn'],
    rating: 4,
    gps: [43.4702, -3.8021],
    shot: [LONG, 8, '1/200', 200],
  },
  {
    file: `${COAST}/DSC_0412.jpg`,
    ...CLIFFS,
    capturedAt: '2026-05-02T08:12:31.120',
    caption: 'White cliffs, tide going out',
    rating: 3,
  },
  { file: `${COAST}/DSC_0413.jpg`, ...CLIFFS, frame: 1, capturedAt: '2026-05-02T08:12:31.450' },
  { file: `${COAST}/DSC_0414.jpg`, ...CLIFFS, frame: 2, capturedAt: '2026-05-02T08:12:31.780' },
  {
    file: `${COAST}/DSC_0421.jpg`,
    scene: harbour,
    capturedAt: '2026-05-02T09:40:05',
    caption: 'Fishing boats at the quay',
    keywords: ['places|harbour', 'things|boat', 'nature|water|sea'],
    rating: 5,
    gps: [43.4618, -3.7944],
    shot: [NORMAL, 5.6, '1/640', 100],
  },
  {
    file: `${COAST}/DSC_0427.jpg`,
    scene: coffee,
    samples: 4,
    orientation: 3,
    width: 1500,
    height: 1000,
    capturedAt: '2026-05-02T10:15:48',
    caption: 'Second breakfast',
    keywords: ['food|coffee', 'things|cup', 'places|café'],
    rating: 3,
    shot: [NORMAL, 2.8, '1/125', 400],
  },
  {
    file: `${COAST}/DSC_0431.jpg`,
    scene: bicycle,
    wide: true,
    capturedAt: '2026-05-02T10:52:20',
    caption: 'Somebody’s bicycle, Calle del Sol',
    keywords: ['things|bicycle', 'places|street', 'places|wall'],
    rating: 4,
    gps: [43.4609, -3.7967],
    shot: [NORMAL, 4, '1/500', 100],
  },
  {
    file: `${COAST}/DSC_0438.webp`,
    scene: tulips,
    capturedAt: '2026-05-02T12:05:33',
    caption: 'Tulip rows with the old mill',
    keywords: ['nature|flowers|tulip', 'places|field', 'things|windmill'],
    rating: 4,
    gps: [43.4401, -3.8533],
    shot: [WIDE, 8, '1/400', 100],
  },
  {
    file: `${COAST}/DSC_0446.jpg`,
    scene: fruit,
    samples: 4,
    width: 1500,
    height: 1000,
    capturedAt: '2026-05-02T13:20:09',
    caption: 'Fruit on the kitchen table',
    keywords: ['food|fruit', 'food|fruit|apple', 'food|fruit|orange', 'food|fruit|grapes'],
    shot: [NORMAL, 2.2, '1/30', 800],
  },
  {
    file: `${COAST}/DSC_0452.jpg`,
    scene: dunes,
    frame: 1,
    width: 2400,
    height: 1600,
    samples: 2,
    capturedAt: '2026-05-02T17:05:41',
    caption: 'Dunes behind the beach',
    keywords: ['nature|sand|dunes', 'light|evening'],
    rating: 3,
    gps: [43.4655, -3.879],
    shot: [LONG, 8, '1/320', 100],
  },
  {
    file: `${COAST}/PANO_0455.jpg`,
    scene: dunes,
    frame: 2,
    width: 2400,
    height: 800,
    capturedAt: '2026-05-02T17:09:12',
    keywords: ['nature|sand|dunes', 'technique|panorama'],
    gps: [43.4657, -3.8794],
    shot: [LONG, 8, '1/320', 100],
  },
  {
    file: `${COAST}/DSC_0463.jpg`,
    scene: lighthouse,
    width: 1067,
    height: 1600,
    orientation: 6,
    capturedAt: '2026-05-02T20:48:56',
    caption: 'The light comes on',
    keywords: ['places|lighthouse', 'nature|water|sea', 'light|dusk'],
    rating: 5,
    gps: [43.4921, -3.7695],
    shot: [LONG, 5.6, '1/60', 400],
  },
  {
    file: `${COAST}/DSC_0470.jpg`,
    scene: sailing,
    capturedAt: '2026-05-02T21:05:17',
    caption: 'Last race of the day',
    keywords: ['things|boat|sailing boat', 'nature|water|sea', 'light|sunset'],
    rating: 4,
    gps: [43.4889, -3.7741],
    shot: [LONG, 11, '1/1000', 100],
  },
  {
    file: `${COAST}/DSC_0471.png`,
    scene: sailing,
    frame: 1,
    width: 720,
    height: 480,
    capturedAt: '2026-05-02T21:07:40',
    keywords: ['things|boat|sailing boat', 'light|sunset'],
    shot: [LONG, 11, '1/800', 100],
  },
  {
    file: `${COAST}/DSC_0478.jpg`,
    scene: candles,
    samples: 9,
    width: 1200,
    height: 800,
    capturedAt: '2026-05-02T21:48:02',
    caption: 'Table for two hundred, before they came in',
    keywords: ['events|wedding', 'things|candle', 'light|night'],
    rating: 2,
    shot: [NORMAL, 1.8, '1/80', 1600],
  },
  {
    file: `${COAST}/DSC_0483.jpg`,
    scene: cityAtNight,
    samples: 4,
    capturedAt: '2026-05-02T22:20:30',
    caption: 'The city from across the river',
    keywords: ['places|city', 'places|skyline', 'light|night', 'light|reflection'],
    rating: 4,
    gps: [43.4561, -3.8102],
    shot: [WIDE, 8, '4', 200],
  },
  {
    file: `${COAST}/DSC_0484.bmp`,
    scene: cityAtNight,
    frame: 1,
    samples: 6,
    width: 300,
    height: 200,
    capturedAt: '2026-05-02T22:21:12',
    keywords: ['places|city', 'light|night'],
    shot: [WIDE, 8, '4', 200],
  },
  {
    file: `${COAST}/DSC_0489.jpg`,
    scene: rainyStreet,
    width: 1067,
    height: 1600,
    orientation: 8,
    capturedAt: '2026-05-02T22:45:51',
    caption: 'Rain on the way back',
    keywords: ['places|street', 'weather|rain', 'people|umbrella', 'light|night'],
    rating: 4,
    shot: [NORMAL, 1.8, '1/100', 3200],
  },
  {
    file: `${COAST}/DSC_0490.gif`,
    scene: rainyStreet,
    frame: 2,
    width: 280,
    height: 420,
    capturedAt: '2026-05-02T22:45:55',
    keywords: ['places|street', 'weather|rain'],
    shot: [NORMAL, 1.8, '1/100', 3200],
  },
];

const SECOND_DAY: readonly DemoPhoto[] = [
  {
    file: `${MOUNTAINS}/DSC_0502.jpg`,
    ...LAKE,
    capturedAt: '2026-05-03T06:41:08.050',
    caption: 'First light on the ridge',
    rating: 5,
  },
  { file: `${MOUNTAINS}/DSC_0503.jpg`, ...LAKE, frame: 1, capturedAt: '2026-05-03T06:41:08.550' },
  { file: `${MOUNTAINS}/DSC_0504.jpg`, ...LAKE, frame: 2, capturedAt: '2026-05-03T06:41:09.050' },
  {
    file: `${MOUNTAINS}/DSC_0511.jpg`,
    scene: balloons,
    capturedAt: '2026-05-03T07:26:37',
    caption: 'Ten balloons and no wind',
    keywords: ['events|balloon festival', 'things|balloon', 'light|dawn'],
    rating: 5,
    gps: [43.1544, -4.6231],
    shot: [WIDE, 8, '1/500', 100],
  },
  {
    file: `${MOUNTAINS}/DSC_0512.tif`,
    scene: balloons,
    frame: 6,
    width: 480,
    height: 320,
    capturedAt: '2026-05-03T07:27:50',
    keywords: ['events|balloon festival', 'things|balloon'],
    shot: [WIDE, 8, '1/500', 100],
  },
  {
    file: `${MOUNTAINS}/DSC_0519.jpg`,
    scene: forest,
    width: 1067,
    height: 1600,
    samples: 2,
    capturedAt: '2026-05-03T08:30:22',
    caption: 'Sun through the beeches',
    keywords: ['nature|forest', 'weather|fog', 'nature|forest|trees'],
    rating: 4,
    gps: [43.171, -4.8005],
    shot: [NORMAL, 5.6, '1/160', 400],
  },
  {
    file: `${MOUNTAINS}/DSC_0526.jpg`,
    scene: avenue,
    samples: 2,
    width: 1440,
    height: 960,
    capturedAt: '2026-05-03T10:05:44',
    caption: 'Copper beeches along the old road',
    keywords: ['nature|forest|trees', 'places|avenue', 'colour|orange'],
    rating: 3,
    shot: [NORMAL, 4, '1/250', 200],
  },
  {
    file: `${MOUNTAINS}/DSC_0527.avif`,
    scene: avenue,
    frame: 3,
    samples: 2,
    width: 1200,
    height: 800,
    capturedAt: '2026-05-03T10:06:10',
    keywords: ['nature|forest|trees', 'places|avenue'],
    shot: [NORMAL, 4, '1/250', 200],
  },
  {
    file: `${MOUNTAINS}/DSC_0533.jpg`,
    scene: desertRoad,
    capturedAt: '2026-05-03T14:20:19',
    caption: 'Forty kilometres without a bend',
    keywords: ['places|road', 'nature|desert', 'nature|rock|mesa'],
    rating: 4,
    gps: [42.1893, -1.4423],
    shot: [WIDE, 8, '1/640', 100],
  },
  {
    file: `${MOUNTAINS}/DSC_0540.jpg`,
    scene: catAtWindow,
    width: 1067,
    height: 1600,
    samples: 4,
    capturedAt: '2026-05-03T18:55:03',
    caption: 'Waiting for the neighbours',
    keywords: ['animals|cat', 'places|window', 'light|evening'],
    rating: 5,
    shot: [NORMAL, 2, '1/250', 400],
  },
  {
    file: `${MOUNTAINS}/DSC_0549.jpg`,
    scene: hutUnderStars,
    samples: 2,
    capturedAt: '2026-05-03T23:40:27',
    caption: 'The hut, twenty seconds',
    keywords: ['places|hut', 'nature|snow', 'nature|sky|stars', 'light|night'],
    rating: 5,
    gps: [43.1822, -4.8433],
    shot: [WIDE, 4, '20', 3200],
  },
];

export const DEMO_PHOTOS: readonly DemoPhoto[] = [...FIRST_DAY, ...SECOND_DAY];
