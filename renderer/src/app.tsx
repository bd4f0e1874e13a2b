import { Frame } from './frame/frame.tsx';

/** The window. */
export function App() {
  return <Frame sheet={null} />;
}
