import { Frame } from './frame/frame.tsx';
import { SheetPlace } from './sheet/sheet-place.tsx';

/** The window. */
export function App() {
  return <Frame sheet={<SheetPlace />} />;
}
