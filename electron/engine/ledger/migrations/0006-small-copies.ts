/** Version 6 of the ledger: single photos that go as sized copies where their folder sends files. Never edited after release. */
export const smallCopies = `
ALTER TABLE upload ADD COLUMN send_small INTEGER NOT NULL DEFAULT 0 CHECK (send_small IN (0, 1));
`;
