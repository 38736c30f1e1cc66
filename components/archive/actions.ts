import type { AppError, ErrorAction } from '../../lib/model/errors.ts';
import type { AccountId, MessageId, RecordKey } from '../../lib/model/ids.ts';
import type { ConversationId, FoundLine, LatestMessage } from '../../lib/rpc/contract/archive.ts';

/** A conversation that is read, and the message in it to which somebody went; null: to its newest. */
export interface OpenMessage extends ConversationId {
  id: MessageId | null;
}

/** What a person can do on the archive page. */
export interface ArchiveActions {
  type(query: string): void;
  open(what: OpenMessage | null): void;
  /** Older ones of what was found. */
  older(): void;
  /** Asks Microsoft too; for one account, or (null) for all that may. */
  searchTeams(account: AccountId | null): void;
  /** Opens Microsoft's window for the permission that reads. */
  allow(account: AccountId): void;
  /** Leads to the record, with its panel at the message. */
  openRecord(conversation: ConversationId, key: RecordKey, id: MessageId | null): void;
  /** These lines of the list are on screen. */
  wantLatest(of: readonly ConversationId[]): void;
  act(action: ErrorAction): void;
}

/** What was found here, newest first. */
export interface Found {
  text: string;
  hits: FoundLine[];
  more: boolean;
  places: string[] | null;
}

/** What an account's search at Microsoft brought. */
export interface TeamsPart {
  hits: FoundLine[];
  /** Where to go on; null: that was all. */
  next: number | null;
  elsewhere: number;
  unable: string[];
  problem: AppError | null;
  loading: boolean;
}

/** Names a conversation, or a message of it, in lists and maps. */
export function keyOf({ account, chatId, id }: ConversationId & { id?: MessageId | null }): string {
  return JSON.stringify([account, chatId, ...(id ? [id] : [])]);
}

export type Latest = ReadonlyMap<string, LatestMessage>;
