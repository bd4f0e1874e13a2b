/** The longer parts of `tagalong --help`. */

export const HELP_AFTER = `
Account
  Without a word about an account, photos go to the practice account: a server on this machine that behaves like
  the service and costs nothing. For a real account set CLARIFAI_USER_ID, CLARIFAI_APP_ID and CLARIFAI_PAT (or
  --user-id and --app-id; the PAT is never an argument: the variable, or the first line of the file "pat" in the
  data folder, readable only by you: chmod 600).

What is sent
  A copy of each picture, at most 2048 px on its long edge, JPEG, without any metadata. --original sends the files.
  Originals are never written to, and nothing is ever deleted on the account.

Exit codes
  0  all well (photos that are left out included)
  1  it could not run
  2  wrong usage
  3  some photos failed: tagalong failures
  4  some are still pending: something only you can end, or --wait ran out
  130  stopped by Ctrl-C; nothing is lost, run it again to go on

Examples
  tagalong ingest ~/Pictures/2026-05-02\\ Coast --concept coast
  tagalong ingest ~/Pictures --dry-run
  tagalong watch ~/Pictures /media/card --exclude '*.png'
  tagalong export --csv > ledger.csv
`;

export const INGEST_HELP_AFTER = `
The same folders may be taken in again and again: what the account has is not sent twice, whatever the files are
called now, and wherever they lie. Renaming, moving, copying and tagging in other programs send nothing.

--json prints one object:
  files, found, uploaded, alreadyThere, skipped, failed, pending, batches, requests, bytesSent, seconds,
  holds[], failures[{path, cause, message, remedy}], skips[{path, reason}], …
  found = uploaded + alreadyThere + skipped + failed + pending
`;
