/** Entry of the engine's utility process. */
import { runEngine } from './run-engine.ts';

process.title = 'tagalong-engine';
// Ctrl-C reaches all processes of a terminal; main ends this one in order.
process.on('SIGINT', () => undefined);
runEngine({ parent: process.parentPort, exit: (code) => process.exit(code) });
