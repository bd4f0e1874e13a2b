/** The practice account as a destination: there from the first look on, so that nothing has to be set up. */
import type { EngineParts } from './engine-parts.ts';
import { PRACTICE_BASE_URL, type Destination } from './ledger/destinations.ts';

/** The destination of the practice account, made when there is none; the account is started for its names. */
export async function ensurePractice({
  ledger,
  host,
}: Pick<EngineParts, 'ledger' | 'host'>): Promise<Destination> {
  const { userId, appId } = await host.practice();
  return ledger.destinations.ensure({ baseUrl: PRACTICE_BASE_URL, userId, appId }, host.clock.now());
}
