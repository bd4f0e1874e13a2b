/**
 * What Tagalong sends, in the service's own JSON names. Only what is set is sent: an absent field is the default.
 */

/** How a PATCH treats what is there: add and overwrite by id, take away by id, or replace the listed parts. */
export type PatchAction = 'merge' | 'remove' | 'overwrite';

/** A concept on a picture or a region. */
export interface SentConcept {
  readonly id: string;
  /** 1 present, 0 absent. Left out only with the action `remove`, where it has no meaning. */
  readonly value?: number;
}

/** Degrees, south and west negative. */
export interface SentGeo {
  readonly geo_point: { readonly longitude: number; readonly latitude: number };
}

/** Coordinates are fractions of the upright picture; rows count from the top, columns from the left. */
export interface SentRegionInfo {
  readonly bounding_box?: {
    readonly top_row: number;
    readonly left_col: number;
    readonly bottom_row: number;
    readonly right_col: number;
  };
  readonly polygon?: { readonly points: readonly { readonly row: number; readonly col: number }[] };
  readonly point?: { readonly row: number; readonly col: number };
  /** A PNG of the picture's size. */
  readonly mask?: { readonly image: { readonly base64: string } };
}

export interface SentRegion {
  readonly id?: string;
  readonly region_info?: SentRegionInfo;
  readonly data?: { readonly concepts: readonly SentConcept[] };
}

/** A picture by its bytes or by a public address. */
export type SentImage =
  | { readonly base64: string }
  | { readonly url: string; readonly allow_duplicate_url?: boolean };

export interface SentData {
  readonly image?: SentImage;
  readonly concepts?: readonly SentConcept[];
  /** Any JSON object. With the action `remove`, `true` stands for a key to take away. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly geo?: SentGeo;
}

/** One input of a POST. */
export interface SentInput {
  readonly id: string;
  readonly data: SentData;
  readonly dataset_ids?: readonly string[];
}

/** One input of a PATCH; the picture itself cannot be patched. */
export interface SentInputPatch {
  readonly id: string;
  readonly data: Omit<SentData, 'image'>;
}

/** A concept to create. */
export interface SentNewConcept {
  readonly id: string;
  readonly name: string;
}

/** One annotation of a POST or PATCH; it holds one region at most. */
export interface SentAnnotation {
  readonly id?: string;
  readonly input_id: string;
  readonly data?: {
    readonly concepts?: readonly SentConcept[];
    readonly regions?: readonly [SentRegion];
  };
}
