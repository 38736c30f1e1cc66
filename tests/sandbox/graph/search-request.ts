import { badRequest } from './graph-error.ts';
import { asArray, asObject, asString, checkProperties, type JsonObject } from './json-body.ts';

const PROPERTIES = ['entityTypes', 'query', 'from', 'size', 'enableTopResults', 'fields', 'region'];
const USUAL = 25;
const MAX = 50;

/** A searchRequest (resources/searchrequest.md), as far as messages can be searched: no order, no aggregations. */
export function readRequest(given: JsonObject): { text: string; from: number; size: number; top: boolean } {
  for (const name of ['sortProperties', 'aggregations', 'aggregationFilters', 'collapseProperties']) {
    if (given[name] !== undefined) throw badRequest(`'${name}' is not supported for chatMessage.`);
  }
  checkProperties(given, 'microsoft.graph.searchRequest', PROPERTIES);
  const types = asArray(given.entityTypes, 'entityTypes');
  if (types.length !== 1 || types[0] !== 'chatMessage') throw badRequest('The sandbox searches chatMessage alone.');
  const query = asObject(given.query, 'query');
  checkProperties(query, 'microsoft.graph.searchQuery', ['queryString', 'queryTemplate']);
  const text = asString(query.queryString, 'query/queryString');
  if (text.trim() === '') throw badRequest('The query string is empty.');
  const { enableTopResults = false } = given;
  if (typeof enableTopResults !== 'boolean') throw badRequest("'enableTopResults' takes true or false.");
  const from = whole(given.from, 'from', 0);
  const size = whole(given.size, 'size', USUAL);
  if (size < 1 || size > MAX) throw badRequest(`The size must be between 1 and ${MAX}.`);
  return { text, from, size, top: enableTopResults };
}

function whole(value: unknown, name: string, usual: number): number {
  if (value === undefined) return usual;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw badRequest(`Cannot convert the value of '${name}' to the expected target type 'Edm.Int32'.`);
}
