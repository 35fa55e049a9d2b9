-- Gives an empty history the messages this node remembers. Nobody is told: who was there knows
-- them. ARGV: from 4 the messages as JSON. -> {OK} | {SESSION} | {LEASE}
local no = refusal()
if no then return { no } end
if redis.call('LLEN', CHAT) == 0 then
  for i = 4, #ARGV do redis.call('RPUSH', CHAT, ARGV[i]) end
end
return { 'OK' }
