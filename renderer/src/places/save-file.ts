/** Saving a text as a file: the browser's download, or the desktop's own dialog. */
import type { Remote } from '#shared/calls.ts';
import type { HostCalls, HostFacts } from '#shared/host-api.ts';

/** Saves it where the owner wants it. False when the dialog was closed; the browser tells of its own download. */
export async function saveFile(
  { host, kind }: { readonly host: Pick<Remote<HostCalls>, 'saveText'>; readonly kind: HostFacts['kind'] },
  file: { readonly name: string; readonly text: string },
): Promise<boolean> {
  if (kind === 'electron') return (await host.saveText(file)).isSaved;
  const address = URL.createObjectURL(new Blob([file.text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = file.name;
  link.click();
  // The browser takes the address over with the click; a moment later it needs it no more.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  return false;
}
