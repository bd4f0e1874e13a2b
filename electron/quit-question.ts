/** What is asked before Tagalong ends while photos are on their way. */
import type { Standing } from '#shared/standing.ts';

/** Words of the question. */
export interface QuitQuestion {
  readonly message: string;
  readonly detail: string;
}

/** The question; null when there is nothing that an end would put off. */
export function quitQuestion(standing: Standing | null): QuitQuestion | null {
  // What is held does not move now either.
  if (standing === null || standing.holds.length > 0) return null;
  const { unsentCount, waitingPaths } = standing;
  if (unsentCount === 0 && waitingPaths === 0) return null;
  const waiting = [
    ...(unsentCount > 0 ? [`${counted(unsentCount, 'photo', 'photos')} still to be sent`] : []),
    ...(waitingPaths > 0 ? [`${counted(waitingPaths, 'file', 'files')} still to be looked at`] : []),
  ];
  return {
    message: `Quit with ${waiting.join(' and ')}?`,
    detail:
      'Nothing is lost and nothing is sent twice: it goes on where it stopped when Tagalong is opened again. ' +
      'It can also go on without its window.',
  };
}

function counted(count: number, one: string, other: string): string {
  return `${new Intl.NumberFormat(undefined).format(count)} ${count === 1 ? one : other}`;
}
