# frozen_string_literal: true

# What `main.py run` adds to a Ruby program: its uncaught exceptions are reported, with the source and the locals of
# where they were raised.
#
# At its end Ruby has what ended it in `$!`, and calls what was registered with `at_exit`: this first, so last.
# A thread that dies calls nobody. So the last exception raised in each thread is remembered, by a TracePoint that
# Ruby asks only when something is raised, and whether its thread has died of it is looked at when the next one is
# raised, and at the end. The binding of where it was raised is remembered with it, one for each thread: that is
# where the locals come from. Bindings of the callers cannot be had without the debugger's interface.
#
# Nothing is wrapped, so every backtrace is as it was. Whatever fails in here fails silently. It reads one variable,
# ARECIBO_RUN_FOLDER: where reports are left, each a file of JSON, a Sentry event. It requires nothing.
folder = ENV["ARECIBO_RUN_FOLDER"]

if folder && !folder.empty? && defined?(TracePoint) && (!defined?(RUBY_ENGINE) || RUBY_ENGINE == "ruby")
  class AreciboRunHook # :nodoc:
    MOST_FRAMES = 100
    MOST_VALUES = 2_000
    MOST_IN_ONE = 50
    DEEPEST = 4
    LONGEST_TEXT = 1_000
    LONGEST_MESSAGE = 8_000
    MOST_ERRORS = 20
    LARGEST_SOURCE = 4_000_000
    AROUND = 5
    MOST_THREADS = 200
    MOST_A_SECOND = 20
    MOST_IN_ALL = 1_000
    WANTED = [SystemExit, Interrupt, SignalException, StopIteration].freeze
    CALL = /\A(.*?):(\d+)(?::in [`'](.*)')?\z/m

    Raised = Struct.new(:error, :binding, :at)

    def initialize(folder)
      @folder = folder
      @raised = {}.compare_by_identity
      @reported = []
      @count = @second = @in_second = 0
      @process = Process.pid
    end

    def install
      hook = self
      at_exit { hook.ended($!) }
      @trace = TracePoint.new(:raise) { |point| hook.raised(point) }
      @trace.enable
    end

    def raised(point)
      error = point.raised_exception
      return if WANTED.any? { |wanted| wanted === error }

      thread = Thread.current
      known = @raised[thread]
      # Raised again: where it was raised first says more.
      return if known && known.error.equal?(error)

      look_for_dead unless @raised.size == (known ? 1 : 0)
      @raised[thread] = Raised.new(error, point.binding, now) if known || @raised.size < MOST_THREADS
    rescue Exception # rubocop:disable Lint/RescueException
      nil
    end

    def ended(error)
      forget_parent
      look_for_dead
      return if error.nil? || WANTED.any? { |wanted| wanted === error }

      known = @raised[Thread.current]
      known = @raised.each_value.find { |one| one.error.equal?(error) } unless known && known.error.equal?(error)
      report(error, known && known.binding, "at_exit", known ? known.at : now)
    rescue Exception # rubocop:disable Lint/RescueException
      nil
    end

    private

    # After a fork, the other threads are the parent's.
    def forget_parent
      return if @process == Process.pid

      @process = Process.pid
      @raised.delete_if { |thread, _raised| !thread.equal?(Thread.current) }
    end

    def look_for_dead
      forget_parent
      @raised.keys.each do |thread|
        next if thread.alive?

        raised = @raised.delete(thread)
        # nil: it ended by an exception; false: it ended.
        next unless raised && thread.status.nil? && thread.report_on_exception

        report(raised.error, raised.binding, "thread", raised.at, thread)
      end
    end

    def report(error, binding, kind, at, thread = nil)
      return if @reported.any? { |one| one.equal?(error) }

      @reported << error
      @reported.shift if @reported.size > 20
      return if client? || !due?

      write(event(error, binding, kind, at, thread))
    end

    def due?
      second = Process.clock_gettime(Process::CLOCK_REALTIME, :second)
      @second, @in_second = second, 0 unless second == @second
      @count += 1
      @in_second += 1
      @count <= MOST_IN_ALL && @in_second <= MOST_A_SECOND
    end

    # Not `Time.now`, which tests stop.
    def now
      Process.clock_gettime(Process::CLOCK_REALTIME)
    end

    def client?
      asks = {
        :Sentry => ->(it) { it.initialized? && it.configuration.dsn },
        :Raven => ->(it) { it.configuration.server },
        :Rollbar => ->(it) { it.configuration.access_token && it.configuration.enabled },
        :Bugsnag => ->(it) { it.configuration.api_key },
        :Honeybadger => ->(it) { it.config[:api_key] },
        :Airbrake => ->(it) { it.configured? },
        :ElasticAPM => ->(it) { it.running? },
        :OpenTelemetry => ->(it) { it.respond_to?(:tracer_provider) && it.tracer_provider.class.name.include?("SDK") },
      }
      asks.any? do |name, ask|
        begin
          Object.const_defined?(name, false) && !Object.autoload?(name) && ask.call(Object.const_get(name, false))
        rescue Exception # rubocop:disable Lint/RescueException
          # Another version of it, which says it elsewhere: then it is there.
          true
        end
      end
    end

    def event(error, binding, kind, at, thread)
      @left = MOST_VALUES
      sources = {}
      shown = chain(error).each_with_index.map do |one, number|
        exception(one, number, kind, number.zero? ? binding : nil, sources)
      end
      event = {
        "event_id" => random_id,
        "timestamp" => at,
        "platform" => "ruby",
        "level" => "error",
        "exception" => { "values" => shown.reverse },
        "sdk" => { "name" => "arecibo.hook.ruby", "version" => "1" },
        "contexts" => { "runtime" => { "name" => RUBY_ENGINE, "version" => RUBY_VERSION } },
        "extra" => { "$PROGRAM_NAME" => $PROGRAM_NAME.to_s, "ARGV" => ARGV.first(MOST_IN_ONE).map(&:to_s) },
      }
      if thread
        about = { "id" => thread.object_id.to_s, "name" => thread.name, "crashed" => true, "current" => true }
        event["threads"] = { "values" => [about] }
      end
      event
    end

    def random_id
      File.open("/dev/urandom", "rb") { |file| file.read(16) }.unpack("H*").first
    rescue StandardError
      Array.new(32) { Kernel.rand(16).to_s(16) }.join
    end

    def chain(error)
      found = []
      while error && found.size < MOST_ERRORS && found.none? { |one| one.equal?(error) }
        found << error
        error = error.cause
      end
      found
    end

    def exception(error, number, kind, binding, sources)
      mechanism = { "type" => number.zero? ? kind : "chained", "handled" => false }
      {
        "type" => Module.instance_method(:name).bind(error.class).call.to_s,
        "value" => message(error),
        "mechanism" => mechanism,
        "stacktrace" => { "frames" => frames(error, binding, sources) },
      }
    end

    # As it was given: `message` has suggestions of did_you_mean in it, in lines of their own.
    def message(error)
      text(error.message)[0, LONGEST_MESSAGE]
    rescue Exception # rubocop:disable Lint/RescueException
      ""
    end

    def frames(error, binding, sources)
      lines = (error.backtrace || []).first(MOST_FRAMES)
      found = lines.map { |line| frame(text(line), sources) }.compact
      raising = binding && raising_frame(found, binding)
      raising["vars"] = locals(binding) if raising
      found.reverse
    end

    def frame(line, sources)
      found = CALL.match(line) or return
      path = File.expand_path(found[1])
      frame = {
        "filename" => found[1], "abs_path" => path, "function" => found[3], "lineno" => found[2].to_i,
        "in_app" => !path.match?(%r{/gems/|/lib/ruby/|\A<internal:}),
      }
      source(frame, sources)
      frame
    end

    # Methods written in C stand at the line that calls them; the binding is that of the caller.
    def raising_frame(frames, binding)
      file, number = location(binding)
      same = frames.take_while { |frame| frame["abs_path"] == File.expand_path(file) && frame["lineno"] == number }
      name = binding.eval("__method__").to_s
      same.find { |frame| !name.empty? && frame["function"].to_s.end_with?(name) } || same.last
    end

    def location(binding)
      binding.respond_to?(:source_location) ? binding.source_location : binding.eval("[__FILE__, __LINE__]")
    end

    def locals(binding)
      shown = {}
      binding.local_variables.first(MOST_IN_ONE).each do |name|
        shown[name.to_s] = value(binding.local_variable_get(name), 0)
      end
      shown
    end

    def source(frame, sources)
      path = frame["abs_path"]
      lines = sources[path] ||= begin
        File.file?(path) && File.size(path) <= LARGEST_SOURCE ? text(File.binread(path)).split("\n", -1) : []
      rescue StandardError
        []
      end
      at = frame["lineno"]
      return if at < 1 || at > lines.size

      first = [0, at - 1 - AROUND].max
      frame["pre_context"] = lines[first...(at - 1)].map { |line| line[0, LONGEST_TEXT] }
      frame["context_line"] = lines[at - 1][0, LONGEST_TEXT]
      frame["post_context"] = lines[at, AROUND].map { |line| line[0, LONGEST_TEXT] }
    end

    # Nothing of the program's own code is called to show a value.
    def value(value, depth)
      @left -= 1
      case value
      when nil then "nil"
      when true then "true"
      when false then "false"
      when Integer then value.bit_length > 4_000 ? "#<Integer of #{value.bit_length} bits>" : Integer.instance_method(:to_s).bind(value).call
      when Float then Float.instance_method(:to_s).bind(value).call
      when Symbol then Symbol.instance_method(:inspect).bind(value).call
      when String then shown_text(value)
      when Array then items(value, depth)
      when Hash then pairs(value, depth)
      when Module then Module.instance_method(:name).bind(value).call.to_s
      when Time then Time.instance_method(:to_s).bind(value).call
      when Range then Range === value && value.begin.is_a?(Integer) ? "#{value.begin}..#{value.end}" : plain(value)
      else object(value, depth)
      end
    end

    def shown_text(value)
      size = String.instance_method(:length).bind(value).call
      part = String.new(value)[0, LONGEST_TEXT]
      text(part.inspect) + (size > LONGEST_TEXT ? "..." : "")
    end

    def items(value, depth)
      size = Array.instance_method(:length).bind(value).call
      return "#<Array of #{size}>" if depth >= DEEPEST || @left <= 0

      part = Array.instance_method(:first).bind(value).call(MOST_IN_ONE)
      shown = part.map { |item| value(item, depth + 1) }
      shown << "... #{size - MOST_IN_ONE} more" if size > MOST_IN_ONE
      shown
    end

    def pairs(value, depth)
      size = Hash.instance_method(:length).bind(value).call
      return "#<Hash of #{size}>" if depth >= DEEPEST || @left <= 0

      shown = {}
      Hash.instance_method(:each_pair).bind(value).call do |key, item|
        break if shown.size >= MOST_IN_ONE

        name = String === key ? text(key)[0, LONGEST_TEXT] : value(key, DEEPEST).to_s
        shown[name] = value(item, depth + 1)
      end
      shown["..."] = "#{size - MOST_IN_ONE} more" if size > MOST_IN_ONE
      shown
    end

    def object(value, depth)
      return plain(value) if depth >= DEEPEST || @left <= 0

      names = Kernel.instance_method(:instance_variables).bind(value).call.first(MOST_IN_ONE)
      get = Kernel.instance_method(:instance_variable_get).bind(value)
      shown = { "(type)" => plain(value) }
      if Struct === value
        Struct.instance_method(:members).bind(value).call.first(MOST_IN_ONE).each do |name|
          shown[name.to_s] = value(Struct.instance_method(:[]).bind(value).call(name), depth + 1)
        end
      end
      names.each { |name| shown[name.to_s] = value(get.call(name), depth + 1) }
      shown.size == 1 ? plain(value) : shown
    rescue StandardError
      # A BasicObject.
      "#<BasicObject>"
    end

    def plain(value)
      kind = Kernel.instance_method(:class).bind(value).call
      "#<#{Module.instance_method(:name).bind(kind).call || 'Class'}>"
    end

    def text(value)
      value = String.new(value.to_s)
      value.force_encoding(Encoding::UTF_8) if value.encoding == Encoding::BINARY || value.encoding == Encoding::US_ASCII
      value.encode(Encoding::UTF_8, invalid: :replace, undef: :replace).scrub
    end

    def dump(value)
      case value
      when nil then "null"
      when true, false, Integer then value.to_s
      when Float then value.finite? ? value.to_s : "null"
      when Hash then "{" + value.map { |key, item| "#{quote(key)}: #{dump(item)}" }.join(", ") + "}"
      when Array then "[" + value.map { |item| dump(item) }.join(", ") + "]"
      else quote(value)
      end
    end

    def quote(value)
      '"' + text(value).gsub(/["\\\u0000-\u001f]/) { |each| format('\\u%04x', each.ord) } + '"'
    end

    def write(event)
      unfinished = File.join(@folder, event["event_id"] + ".part")
      File.open(unfinished, File::WRONLY | File::CREAT | File::EXCL, 0o600) { |file| file.write(dump(event)) }
      File.rename(unfinished, File.join(@folder, event["event_id"] + ".json"))
    end
  end

  begin
    AreciboRunHook.new(folder).install
  rescue Exception # rubocop:disable Lint/RescueException
    nil
  end
end
