-- One consistent snapshot. Whoever takes it has asserted whom it holds.
-- -> {OK, epoch, offset, own, players, chat, notices, nodes that have a lease and have asserted whom they
-- hold} | {SESSION} | {LEASE}
local no = refusal()
if no then return { no } end
redis.call('HSET', META, 'r:' .. node, session)
local present = {}
for _, other in ipairs(redis.call('ZRANGEBYSCORE', LEASES, text(now), '+inf')) do
  local ready = redis.call('HGET', META, 'r:' .. other)
  if ready and ready == redis.call('HGET', META, 's:' .. other) then present[#present + 1] = other end
end
return {
  'OK', epoch, redis.call('HGET', META, 'offset'),
  redis.call('HGETALL', OWN), redis.call('HGETALL', PLAYERS),
  redis.call('LRANGE', CHAT, 0, -1), redis.call('LRANGE', NOTICES, 0, -1),
  present,
}
