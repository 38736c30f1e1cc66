import * as v from 'valibot';

/**
 * An object with at least these fields, typed as having no others. It is valibot's loose object underneath, as wire
 * documents need one anyway: a second kind would only make every page of ERPNext load more script.
 */
export function shape<E extends v.ObjectEntries>(
  entries: E,
): v.GenericSchema<unknown, v.InferOutput<v.ObjectSchema<E, undefined>>> {
  return v.looseObject(entries) as unknown as v.GenericSchema<unknown, v.InferOutput<v.ObjectSchema<E, undefined>>>;
}
