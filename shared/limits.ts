/** Limits of the service (https://docs.clarifai.com/create-manage/inputs/upload and the rate-limits page). */

/** Most inputs in one POST or PATCH, ids in one GET or DELETE, annotations in one call. */
export const BATCH_INPUT_LIMIT = 128;
/** Most bytes of one request's body: 128 MB. */
export const REQUEST_BYTES_LIMIT = 128_000_000;
/** An image has to be smaller than 20 MB (read as 20,000,000 bytes, the stricter reading). */
export const IMAGE_BYTES_LIMIT = 20_000_000;
/** An image may have 85 megapixels at most. */
export const IMAGE_PIXELS_LIMIT = 85_000_000;
/** Requests in any one second, on every plan. */
export const REQUESTS_PER_SECOND = 15;
/** Formats that the service takes as they are. */
export const SERVICE_FORMATS: readonly string[] = ['jpeg', 'png', 'tiff', 'bmp', 'webp', 'gif'];
