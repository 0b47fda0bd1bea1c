export async function jmh() { return []; }
