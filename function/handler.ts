/** Lambda's composition root. */
export {};
