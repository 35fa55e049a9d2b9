-- Tells all nodes something that is no player's state, once. ARGV: 4 its id, a space and its JSON,
-- 5 notices to keep (0: this one is good only now, and so is not kept either), 6 id of a chat message
-- to forget, or "".
-- -> {OK} | {KNOWN} | {SESSION} | {LEASE}
local no = refusal()
if no then return { no } end
if ARGV[5] == '0' then
  publish('told', ARGV[4])
  return { 'OK' }
end
for _, notice in ipairs(redis.call('LRANGE', NOTICES, 0, -1)) do
  if string.match(notice, '^%d+ (.*)$') == ARGV[4] then return { 'KNOWN' } end
end
if ARGV[6] ~= '' then
  for _, message in ipairs(redis.call('LRANGE', CHAT, 0, -1)) do
    if string.find(message, '"id":"' .. ARGV[6] .. '"', 1, true) then redis.call('LREM', CHAT, 1, message) end
  end
end
local offset = publish('told', ARGV[4])
redis.call('RPUSH', NOTICES, offset .. ' ' .. ARGV[4])
redis.call('LTRIM', NOTICES, -tonumber(ARGV[5]), -1)
return { 'OK' }
