/** Which generation this page is of. */
export const isV16 = document.documentElement.dataset.sandbox === 'v16';
export const isV14 = document.documentElement.dataset.sandbox === 'v14';
