/** The longer parts of `tagalong --help`, at most 80 columns wide. */

export const HELP_AFTER = `
Account:
  Unless an account is named, photos go to the practice account: a server on
  this machine that behaves like the service and costs nothing. A real account
  is named by --user-id and --app-id, or by the variables CLARIFAI_USER_ID and
  CLARIFAI_APP_ID. Its personal access token (PAT) is never an argument: it is
  in CLARIFAI_PAT, or in the file "pat" in the data folder, which only you may
  read (chmod 600): a line with the token, or with an API base and its token.

What is sent:
  A copy of each picture: JPEG, at most 2048 px on its long edge, without any
  metadata. --original sends the files as they are. Your files are never
  changed, and nothing is ever deleted on the account.

The window:
  tagalong serve shows it in a browser on this machine. The address that it
  prints holds a key, new at each start: whoever has it may do what you may.
  Only this machine is let in, unless --listen and --allow-host say otherwise.

Exit codes:
    0  all is well; photos that are left out count as well
    1  it could not run
    2  it was called wrongly
    3  some photos failed; "tagalong failures" says why
    4  some photos are pending: something only you can end, or --wait ran out
  130  stopped by Ctrl-C; nothing is lost, run it again to go on

Examples:
  tagalong serve ~/Pictures
  tagalong ingest ~/Pictures/2026-05-02-Coast --concept coast
  tagalong ingest ~/Pictures --dry-run
  tagalong watch ~/Pictures /media/card --exclude '*.png'
  tagalong export --csv > ledger.csv
  tagalong backup --to /media/drive/tagalong

"tagalong <command> --help" explains a command.
`;

export const INGEST_HELP_AFTER = `
The same folders may be taken in again and again: what the account has is not
sent twice, whatever the files are called now and wherever they lie. Renaming,
moving, copying and tagging in other programs send nothing.

Patterns of --exclude without a slash match names in every folder ('*.png');
those with a slash match paths from the folder on ('rejects/**').

--json prints one object:
  files, found, uploaded, alreadyThere, skipped, failed, pending,
  batches, requests, bytesSent, seconds, tagsPending, tagsRefused,
  holds[{kind, sentence, remedy, since, until, detail}],
  failures[{path, cause, message, remedy}], skips[{path, reason}],
  recovered[{path, share}], unreadable[{path, detail}], notices[]
  found = uploaded + alreadyThere + skipped + failed + pending
`;

export const RETRY_HELP_AFTER = `
A photo goes to the service again only if that can end in another way. What is
damaged, cut off or too large stays as it is until other bytes would go: those
of its file (--as-it-is), of a sized copy (--smaller-copy), or of another file;
repair or replace it, and the folders are looked through for it. What the
service has and could not index is removed there and sent again in the window
only, since that deletes: tagalong serve.

--json prints one object:
  queuedCount, readAgainCount, left[{why, count}], folderCount,
  holds[{kind, sentence, remedy, since, until, detail}], stillFailed
  why is one of: unchanged, gone, still-there, not-failed, not-reached
  stillFailed is null when another Tagalong runs, which goes on with it
`;

export const BACKUP_HELP_AFTER = `
The copy is the ledger as it was at one moment, whatever is written meanwhile;
it is checked before it gets its name. The path of the copy is printed. Photos
are not in it, and neither is the token; paths and places of photos are.

A backup on the same disk helps against mistakes, not against the loss of the
disk: --to names a folder on another one.
`;

export const RESTORE_HELP_AFTER = `
No Tagalong may run on the data folder meanwhile. The backup is checked first;
the ledger that was there is set aside in the data folder, not deleted. At the
next start, photos and inputs that came since the backup are found again, and
nothing is sent twice; tags given since are only in the ledger set aside and,
if they were sent, on the account.
`;

export const SENDING_HELP_AFTER = `
Orders: found (as they came), newest, oldest, smallest, best-rated. Photos that
were chosen to go first lead in all. The limit is for pictures; questions to the
account are small, and not counted. A timetable is made in the window.
`;

export const DIAGNOSTICS_HELP_AFTER = `
Prints one JSON object: versions, system, settings, counts, holds, failures by
cause, and the end of the log. It is built from what is known to be harmless:
no tokens, accounts, addresses, folders, captions, keywords, concepts or places.
Read it before you give it away:
  tagalong diagnostics > diagnostics.json
`;
