import type { Found } from '../../lib/model/doctype-meta.ts';
import type { ErrorAction, Result } from '../../lib/model/errors.ts';
import type { AccountId, ChatId, Email, MessageId, RecordKey, UserId } from '../../lib/model/ids.ts';
import type { Note, PersonComment } from '../../lib/model/note.ts';
import type { NotesMay } from '../../lib/rpc/contract/notes.ts';
import type { ChatPreview, ChosenMember, FoundChat, LinkedRecord, SearchView } from '../../lib/rpc/contract.ts';

/** Out of the chat into ERPNext, and from there into the chat. */
export interface NoteActions {
  may(): Promise<Result<NotesMay>>;
  find(doctype: 'User' | 'Project', text: string): Promise<Result<Found[]>>;
  write(note: Note): Promise<Result<void>>;
  end(id: string, how: 'again' | 'put-away'): void;
  comments(): Promise<Result<PersonComment[]>>;
}

/** What a person can do in the panel, as the page that holds it carries it out. */
export interface PanelActions {
  close(): void;
  signIn(pickAccount: boolean): void;
  /** Speak on this site as another account that is signed in. */
  useAccount(account: AccountId): void;
  /** Ask Microsoft for the scopes of the reading tier. */
  askRead(): void;
  /** The button of a problem. */
  act(action: ErrorAction): void;
  preview(): Promise<Result<ChatPreview>>;
  create(members: ChosenMember[]): Promise<Result<void>>;
  /** The Microsoft account that ERPNext names for this address is theirs indeed. */
  confirmPerson(email: Email, userId: UserId): Promise<Result<void>>;
  resume(how: 'give-up' | 'go-on'): void;
  confirm(chatId: ChatId): void;
  /** Use the chat of the document that this one amends. */
  useAmended(): void;
  setNotify(on: boolean): void;
  /** Search in the record's chat; `from`: the last one found before. */
  search(text: string, from: MessageId | null): Promise<Result<SearchView>>;
  /** To the search over all that is stored, and with `teams` at Microsoft too, in a tab of its own. */
  searchEverywhere(query: string, teams: boolean): void;
  findChats(text: string): Promise<Result<FoundChat[]>>;
  /**
   * @param shared it is known to be other records' chat too.
   * @returns the records to be told of first, where nothing was written; none where it was.
   */
  putChat(chatId: ChatId, shared: boolean): Promise<Result<LinkedRecord[]>>;
  /** Take the chat out of the record; it can be undone in the state that follows. */
  takeChat(chatId: ChatId): void;
  /** Pay no more heed to the comment that names this chat. */
  ignoreChat(chatId: ChatId): void;
  /** Write in Teams as somebody else than ERPNext knows. */
  agreeToSpeak(): void;
  addMembers(chatId: ChatId, userIds: UserId[]): Promise<Result<void>>;
  takeOut(chatId: ChatId, membershipId: string): Promise<Result<void>>;
  dismissMissing(userIds: UserId[]): void;
  /** Stop adding, or put its report away. */
  endAdding(): void;
  /** Neither notify nor count this chat, here. */
  mute(chatId: ChatId, on: boolean): void;
  leave(chatId: ChatId): void;
  /** Send the last word about a record that is over; null: none. */
  farewell(chatId: ChatId, html: string | null): Promise<Result<void>>;
  /** Ask Microsoft for the scope that takes people out of chats. */
  askMembers(): void;
  openRecord(key: RecordKey): void;
  notes: NoteActions;
  setAuto(of: 'site' | 'doctype', on: boolean): void;
}
