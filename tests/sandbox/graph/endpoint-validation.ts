import { randomUUID } from 'node:crypto';
import { GraphError } from './graph-error.ts';

export const VALIDATION_TIME = 10_000;

/** What is wrong with a subscription, by the code that Graph has for it. */
export const invalid = (message: string) => new GraphError(400, 'ValidationError', message);

/**
 * Asks an address whether it wants notifications: it has to answer the POST within ten seconds with 200, text/plain and
 * the decoded token, exactly (change-notifications-delivery-notificationurl-validation.md). Else 400.
 * @param target where the address really lies
 */
export async function validateEndpoint(target: string, patience = VALIDATION_TIME): Promise<void> {
  const token = `Validation: Testing client application reachability for subscription Request-Id: ${randomUUID()}`;
  const url = new URL(target);
  // As a form writes it, blanks as "+": whoever does not decode is found out.
  url.search = [url.search.slice(1), `validationToken=${formEncoded(token)}`].filter(Boolean).join('&');
  const answer = await ask(url, patience);
  const plain = /^text\/plain\b/i.test(answer.type);
  if (answer.status !== 200 || !plain)
    throw invalid(
      'Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request.',
    );
  if (answer.text !== token)
    throw invalid(
      'Subscription validation request failed. Response must exactly match validationToken query parameter.',
    );
}

async function ask(url: URL, patience: number): Promise<{ status: number; type: string; text: string }> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
    });
    return { status: answer.status, type: answer.headers.get('content-type') ?? '', text: await answer.text() };
  } catch (error) {
    if ((error as Error).name === 'TimeoutError') throw invalid('Subscription validation request timed out.');
    return { status: 0, type: '', text: '' };
  }
}

const formEncoded = (text: string) => new URLSearchParams([['', text]]).toString().slice(1);
