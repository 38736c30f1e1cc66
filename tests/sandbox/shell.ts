/**
 * What the sandbox's shell gives each stand-in (ERPNext, Entra, Graph) and what it wants back. Recording of requests
 * and injected faults happen around a stand-in, so that none of them has to think of either.
 */

/** The sandbox's clock, moved by `POST /clock`. All stand-ins read the time here alone. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

/**
 * Hono's variables: a stand-in names who is calling, so that the log can tell people apart, and is told of the one fault
 * that it must have itself.
 */
export interface Caller {
  Variables: { caller?: string; commitLate?: number };
}

/** One request as `GET /requests` and DESKSIDE_REQUESTS tell it, one JSON line each. */
export interface RecordedRequest {
  /** Milliseconds on the sandbox's clock when it arrived. */
  time: number;
  service: 'erpnext' | 'entra' | 'graph';
  method: string;
  /**
   * As the client wrote it, not 127.0.0.1: https://graph.microsoft.com/v1.0/…, https://login.microsoftonline.com/…, and of
   * the service graph also the upload URLs at https://contoso-my.sharepoint.com/….
   */
  url: string;
  headers: Record<string, string>;
  /** Parsed JSON, or the text; absent when there was none. */
  body?: unknown;
  /** 0 when the connection was cut before an answer. */
  status: number;
  /** E-mail of the person whose session or token it was. */
  caller?: string;
  /** True for the parts of a $batch. */
  inBatch?: boolean;
}
