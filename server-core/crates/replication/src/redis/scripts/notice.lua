-- Publishes a notice, which is no player's state, once. ARGV: 4 its id, 5 its JSON, 6 notices to
-- keep (0: this one is good only now, and so is not kept either), 7 id of a chat message to forget, or
-- "", 8 its age in ms.
-- -> {OK} | {KNOWN} | {SESSION} | {LEASE}
-- The id goes with the time it was made, so that a node that started later leaves it alone.
local no = refusal()
if no then return { no } end
local notice = ARGV[4] .. '@' .. text(micros - ARGV[8] * 1000) .. ' ' .. ARGV[5]
if ARGV[6] == '0' then
  publish('told', notice)
  return { 'OK' }
end
for _, kept in ipairs(redis.call('LRANGE', NOTICES, 0, -1)) do
  if string.match(kept, '^%d+ ([^@ ]+)') == ARGV[4] then return { 'KNOWN' } end
end
if ARGV[7] ~= '' then
  for _, message in ipairs(redis.call('LRANGE', CHAT, 0, -1)) do
    if id_of(message) == ARGV[7] then redis.call('LREM', CHAT, 1, message) end
  end
end
local offset = publish('told', notice)
redis.call('RPUSH', NOTICES, offset .. ' ' .. notice)
redis.call('LTRIM', NOTICES, -tonumber(ARGV[6]), -1)
count()
return { 'OK' }
