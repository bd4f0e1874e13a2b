import type { ReactNode } from 'react';
import { Banner, type BannerProps } from '../parts/banner.tsx';
import { Button } from '../parts/button.tsx';

/** A sentence with the one act that it leaves to do; null: there is none. */
export function ActBanner({
  tone,
  act,
  children,
}: {
  readonly tone: BannerProps['tone'];
  readonly act: { readonly label: string; readonly run: () => void } | null;
  readonly children: string;
}): ReactNode {
  const action =
    act === null ? undefined : (
      <Button size="small" onClick={act.run}>
        {act.label}
      </Button>
    );
  return (
    <Banner tone={tone} action={action}>
      {children}
    </Banner>
  );
}
