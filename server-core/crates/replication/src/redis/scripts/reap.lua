-- Declares nodes dead whose lease ran out. Whoever calls first does it for all.
-- ARGV: 4 "all" to look for players of forgotten nodes too. -> {OK, players} | {SESSION} | {LEASE}
local no = refusal()
if no then return { no } end
if tonumber(redis.call('HGET', META, 'mercy') or '0') > now then return { 'OK', '0' } end
local dead = redis.call('ZRANGEBYSCORE', LEASES, '-inf', '(' .. text(now))
for _, other in ipairs(dead) do
  redis.call('ZREM', LEASES, other)
  redis.call('HDEL', NODES, other)
  redis.call('HDEL', META, 's:' .. other, 'r:' .. other)
end
if #dead == 0 and ARGV[4] ~= 'all' then return { 'OK', '0' } end
return { 'OK', text(bury()) }
