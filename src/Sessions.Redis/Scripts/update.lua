-- Writes fields of a record that is still what the client read.
-- KEYS: 1 the session's hash. ARGV: 1 the metadata that the client knows, 2 how long the record is kept, in milliseconds, then each
-- field and its value, the new metadata among them.

if redis.call('HGET', KEYS[1], '') ~= ARGV[1] then return 'changed' end
redis.call('HSET', KEYS[1], unpack(ARGV, 3))
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 'done'
