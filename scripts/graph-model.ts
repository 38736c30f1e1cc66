/**
 * What Graph has and the model of it that requests are held against was cut without: the extended properties of events,
 * and with them the variable of the documentation's own filter.
 * Docs: api/singlevaluelegacyextendedproperty-get, "Get event instances".
 */
export const CUT_FROM_MODEL = /microsoft\.graph\.event has no (navigation )?'(singleValueExtendedProperties|ep)'/;
