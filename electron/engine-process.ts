/** Entry of the engine's utility process. */
import { runEngine } from './run-engine.ts';

process.title = 'tagalong-engine';
// Ctrl-C reaches all processes of a terminal; main ends this one in order.
process.on('SIGINT', () => undefined);
// Node ends a process for a failure that nobody took up, Electron only warns: here main starts another, in a known state.
process.on('unhandledRejection', (error) => {
  throw error;
});
runEngine({ parent: process.parentPort, exit: (code) => process.exit(code) });
