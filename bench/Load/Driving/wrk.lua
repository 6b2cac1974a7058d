-- Takes the file of cookies that the driver wrote, one visitor a line, and asks for each in turn. A visitor without cookies is a new one.

local requests, turn = {}, 0

function init(args)
  for cookie in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format('GET', nil, cookie ~= '' and { Cookie = cookie } or {})
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format('result %d %d %d %d %d', summary.requests, summary.duration,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout, latency:percentile(50), latency:percentile(99)))
end
