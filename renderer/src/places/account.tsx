import type { ReactNode } from 'react';
import { PlaceLayout } from '../frame/place-layout.tsx';
import { AccountList } from './account-list.tsx';
import { FolderList } from './folder-list.tsx';

/** Accounts that photos go to, and the folders that are watched. */
export function AccountPlace(): ReactNode {
  return (
    <PlaceLayout place="account">
      <AccountList />
      <FolderList />
    </PlaceLayout>
  );
}
