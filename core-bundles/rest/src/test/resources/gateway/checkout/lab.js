// opens nothing
export function start(parameters, done) { done({ order: parameters.order }); }
