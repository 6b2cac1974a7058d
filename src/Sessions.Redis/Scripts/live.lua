-- Begins every script that changes a record: what follows runs only where the record is live.
-- KEYS: 1 the session's hash. ARGV: 1 the time in ticks.
-- Ticks are text of one width and compared as text, for a number in Lua is not exact enough.

local metadata = redis.call('HGET', KEYS[1], '')
if not metadata then return 'missing' end

local version, expires, places, size, terms = string.match(metadata, '^(%d+) (%d+) (%d+) (%d+) (.+)$')
if not version or expires <= ARGV[1] then return 'missing' end
if version == '0' then return 'retired' end

