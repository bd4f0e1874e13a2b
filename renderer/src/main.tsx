/** The page's start: its line to the engine, its commands, and the window. */
import './frame/remembered-looks.ts';
import './style/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { dispatchKeys } from './commands/dispatch.ts';
import { createMenuCommands } from './commands/menu-commands.ts';
import { createCommandRegistry } from './commands/registry.ts';
import { CommandProvider } from './commands/use-commands.tsx';
import { connectOverBridge } from './engine/bridge-connection.ts';
import { ConnectionProvider } from './engine/use-engine.tsx';
import { connectOverWeb } from './engine/web-connection.ts';
import type { Bridge } from '#shared/bridge.ts';

const { tagalong: bridge } = window as { readonly tagalong?: Bridge };
const connection = bridge === undefined ? connectOverWeb(window.location) : connectOverBridge(bridge);
const registry = createCommandRegistry();
dispatchKeys(window, registry, /Mac/u.test(navigator.platform));
connection.onCommand(createMenuCommands(registry, document));

const place = document.getElementById('app');
if (place === null) throw new Error('The page has no element #app.');
createRoot(place).render(
  <ConnectionProvider connection={connection}>
    <CommandProvider registry={registry}>
      <App />
    </CommandProvider>
  </ConnectionProvider>,
);
