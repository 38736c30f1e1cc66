import type { SavedRecord } from '../model/record.ts';
import { formatClaim, formatNone, readChatField } from './claim.ts';
import { type Claimant, compare, freshClaim, hashOf, isLive, type Place, taken } from './place.ts';

/**
 * The record's own field, by compare-and-set: of two writers one wins, so that a claim counts at once. Comments are
 * read after our claim stands there: whoever comments later finds it, and gives way.
 */
export const FIELD: Place = {
  settles: 0,

  async look(who, world) {
    const record = await world.read();
    const document = await hashOf(record, who);
    const isMine = isOurs(record, who);
    const held = readChatField(record.chatField, record.serverTime, document);
    // A chat in the field is the record's, whatever comments say; and before our claim stands nothing follows from them.
    const asks = held.kind !== 'chat' && (isMine || who.createBegun);
    const comments = asks ? await world.comments() : { comments: [], serverTime: record.serverTime };
    const { ownClaims: _, others, ...seen } = compare(who, world, record, document, comments);
    const { field } = seen;
    return {
      ...seen,
      mine: field.kind === 'claim' && isMine && !field.stale ? field.claim : null,
      ahead: field.kind === 'claim' && !isMine && !field.stale,
      beside: others.some(isLive),
      abandoned: (field.kind === 'claim' && !isMine && field.stale) || others.some((claim) => !isLive(claim)),
    };
  },

  claim: (who, standing, world) =>
    taken(world.write(formatClaim(freshClaim(who, standing), standing.after), standing.record.modified)),

  link: (_, { record }, world, chatId) => taken(world.write(chatId, record.modified)),

  async withdraw(who, { after, record }, world) {
    if (isOurs(record, who)) await taken(world.write(formatNone(after), record.modified));
  },
};

function isOurs({ chatField }: SavedRecord, { nonce }: Claimant): boolean {
  return chatField.startsWith(`deskside:1:${nonce}:`);
}
