CREATE TABLE counters (id int PRIMARY KEY, hash bytea NOT NULL UNIQUE, used bigint NOT NULL, lim bigint NOT NULL) WITH (fillfactor = 50);
