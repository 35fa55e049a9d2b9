-- A node's connection begins. ARGV: 4 new epoch, 5 lease ms, 6 fingerprint of the signing secret,
-- 7 id of the database, 8 the node as JSON, 9 grace ms, 10 "1" if it may begin an epoch, 11 an id for
-- the group of nodes that share this memory, 12 "1" if that is the id the group is known to have.
-- -> {OK, epoch, micros, id of the group} | {EMPTY} | {SECRET} | {DATABASE}
-- After a silence of all nodes it was Redis that was away: nobody is declared dead before they had
-- the time to come back.
for _, other in ipairs(redis.call('ZRANGEBYSCORE', LEASES, text(now), '+inf')) do
  if other ~= node and epoch ~= '' then
    if redis.call('HGET', META, 'secret') ~= ARGV[6] then return { 'SECRET' } end
    if redis.call('HGET', META, 'database') ~= ARGV[7] then return { 'DATABASE' } end
  end
end
if epoch == '' then
  if ARGV[10] ~= '1' then return { 'EMPTY' } end
  redis.call('DEL', OWN, PLAYERS, LEASES, CHAT, NOTICES, NODES)
  epoch = ARGV[4]
  redis.call('HSET', META, 'epoch', epoch, 'offset', '0')
end
local last = tonumber(redis.call('HGET', META, 'beat') or '0')
if now - last > tonumber(ARGV[9]) / 2 then
  redis.call('HSET', META, 'mercy', text(now + tonumber(ARGV[9])))
end
redis.call('HSET', META, 'secret', ARGV[6], 'database', ARGV[7], 's:' .. node, session, 'beat', text(now))
-- The id outlives a loss of this memory with the nodes that know it.
redis.call(ARGV[12] == '1' and 'HSET' or 'HSETNX', META, 'group', ARGV[11])
redis.call('ZADD', LEASES, text(now + tonumber(ARGV[5])), node)
redis.call('HSET', NODES, node, ARGV[8])
return { 'OK', epoch, text(micros), redis.call('HGET', META, 'group') }
