import { useCommands } from '../commands/use-commands.tsx';
import { closerCommands, SHEET_STEPS } from './closer-commands.ts';

/** Makes the keys of the loupe known while nothing is open: they are listed, and can be given other keys. */
export function CloserAtRest(): null {
  useCommands(closerCommands(null, SHEET_STEPS));
  return null;
}
