CREATE TABLE counters (id int PRIMARY KEY, hash bytea NOT NULL UNIQUE, used bigint NOT NULL, lim bigint NOT NULL) WITH (fillfactor = 50);
-- the same for load without HTTP, so that the counters above hold only what came by HTTP
CREATE TABLE bare (LIKE counters INCLUDING ALL);
