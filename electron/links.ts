/** Hosts whose pages may be opened in the owner's browser. */
const HOSTS = ['clarifai.com', 'docs.clarifai.com', 'status.clarifai.com'];

/** Whether a link of the page may be opened in the owner's browser: encrypted, of these hosts, without a login in it. */
export function isAllowedLink(address: string): boolean {
  const url = URL.parse(address);
  return (
    url !== null &&
    url.protocol === 'https:' &&
    url.port === '' &&
    url.username === '' &&
    url.password === '' &&
    HOSTS.includes(url.hostname)
  );
}
