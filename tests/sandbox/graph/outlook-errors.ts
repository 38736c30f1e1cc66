import { GraphError } from './graph-error.ts';

/** What Exchange refuses, in its own codes and words; Graph hands them on. */

export const accessDenied = () =>
  new GraphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');

export const noMailbox = () =>
  new GraphError(
    404,
    'MailboxNotEnabledForRESTAPI',
    'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
  );

export const itemNotFound = () =>
  new GraphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');

export const malformedId = () => new GraphError(400, 'ErrorInvalidIdMalformed', 'Id is malformed.');

/** Says nothing of which property it was, as the real one does not. */
export const invalidProperty = () =>
  new GraphError(400, 'ErrorPropertyValidationFailure', 'At least one property failed validation.');

export const invalidRequest = (sentence: string) =>
  new GraphError(400, 'ErrorInvalidRequest', `Your request can't be completed. ${sentence}`);

export const unsupportedZone = (name: string) =>
  new GraphError(
    400,
    'TimeZoneNotSupportedException',
    `A valid TimeZone value must be specified. The following TimeZone value is not supported: '${name}'.`,
  );

export const unreadableBody = (message: string) => new GraphError(400, 'RequestBodyRead', message);

export const unreadableQuery = (message: string) => new GraphError(400, 'RequestBroker--ParseUri', message);

export const invalidFilter = (property: string) =>
  new GraphError(400, 'ErrorInvalidProperty', `The property '${property}' does not support filtering.`);

export const changeKeyConflict = () =>
  new GraphError(
    412,
    'ErrorIrresolvableConflict',
    'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.',
  );
