import type { ReactNode } from 'react';
import { TagCommands } from './tag-commands.tsx';
import { TypePlace } from './type-place.tsx';
import { ActsProvider } from './use-tagging.tsx';

/** Tagging for the sheet around it: acts, keys, the type-ahead. Lies in the sheet's own provider. */
export function TaggingProvider({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <ActsProvider>
      <TypePlace>
        <TagCommands />
        {children}
      </TypePlace>
    </ActsProvider>
  );
}
