using Sensing.Steps;
using Sensing.Streams;
using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.LightBars;
using Sensing.TrafficCamera.Sirens;

namespace Sensing.TrafficCamera.Emergency;

/// <summary>Fuses light bars, sirens and detector classes over time into emergency vehicles by lane.</summary>
/// <remarks>
/// Log-odds add: the prior of a vehicle, its light bar, its class, and the siren. A siren has no lane: it makes each vehicle likelier by how much more
/// often it is heard when that vehicle is on duty than when it comes from elsewhere. It decides alone on "heard, no lane". Feed the readings of a frame
/// first, then <see cref="Next"/> with the frame's vehicles. Memory is bounded by the vehicles in sight.
/// </remarks>
public sealed class EmergencyFusion(EmergencyOptions options) : IResumable
{
    private const int MostVehicles = 1000;
    private const double StandingMps = 1;

    private readonly SortedDictionary<long, VehicleEvidence> _vehicles = [];
    private readonly List<long> _gone = [];
    private HeldEvidence _siren = new(options.MemorySeconds);
    private DateTimeOffset? _heardSince;
    private DateTimeOffset _heardReported;

    /// <summary>Takes a reading of a roof.</summary>
    public void Observe(LightBarReading reading)
    {
        if (Of(reading.Vehicle) is { } vehicle)
        {
            // No flashes for three seconds are evidence against a light bar, though a weak one: it may be turned away or too small to see.
            vehicle.ObserveLightBar(reading.Time, Math.Max(reading.LogLikelihoodRatio, -1));
        }
    }

    /// <summary>Takes a reading of the sound.</summary>
    public void Observe(SirenReading reading) => _siren.Observe(reading.Time, reading.LogLikelihoodRatio);

    /// <summary>Takes a detection model's class of a vehicle.</summary>
    /// <param name="vehicle">Number of the track.</param>
    /// <param name="time">Time of the frame.</param>
    /// <param name="probability">Probability of an emergency vehicle by the model, 0…1, at even odds.</param>
    public void Observe(long vehicle, DateTimeOffset time, double probability)
    {
        double bounded = Math.Clamp(probability, 0.01, 0.99);
        Of(vehicle)?.ObserveDetector(time, Math.Log(bounded / (1 - bounded)));
    }

    /// <summary>Probability that a vehicle is an emergency vehicle in operation; the prior for an unknown one.</summary>
    public double Confidence(long vehicle, DateTimeOffset time) => Probability((_vehicles.TryGetValue(vehicle, out VehicleEvidence? known) ? known : null), time);

    /// <summary>Probability that a lane has one.</summary>
    public double LaneConfidence(int lane, DateTimeOffset time)
    {
        double none = 1;
        foreach (VehicleEvidence vehicle in _vehicles.Values)
        {
            if (vehicle.Last.Lane == lane)
            {
                none *= 1 - Probability(vehicle, time);
            }
        }

        return 1 - none;
    }

    /// <summary>Takes the vehicles of a frame; yields what begins, continues and ends.</summary>
    public void Next(DateTimeOffset time, ReadOnlySpan<ApproachingVehicle> vehicles, Action<EmergencyVehicle> emit)
    {
        foreach (ApproachingVehicle seen in vehicles)
        {
            if (Of(seen.Vehicle) is { } vehicle)
            {
                vehicle.Last = seen;
                vehicle.LastSeen = time;
            }
        }

        bool anyone = false;
        _gone.Clear();
        foreach ((long number, VehicleEvidence vehicle) in _vehicles)
        {
            if (vehicle.LastSeen == default)
            {
                vehicle.LastSeen = time;
            }

            double confidence = Probability(vehicle, time);
            bool lost = (time - vehicle.LastSeen).TotalSeconds > options.LostSeconds, passed = vehicle.Last.DistanceM < 0;
            if (vehicle.FirstReported is null)
            {
                if (confidence >= options.OnConfidence && !lost && !passed && vehicle.Last.Lane > 0)
                {
                    vehicle.FirstReported = time;
                    Report(vehicle, time, confidence, ended: false, emit);
                }
            }
            else if (lost || passed || confidence < options.OffConfidence)
            {
                Report(vehicle, time, confidence, ended: true, emit);
                vehicle.FirstReported = null;
            }
            else if ((time - vehicle.LastReported).TotalSeconds >= options.ReportSeconds)
            {
                Report(vehicle, time, confidence, ended: false, emit);
            }

            anyone |= vehicle.FirstReported is not null;
            if (lost)
            {
                _gone.Add(number);
            }
        }

        foreach (long number in _gone)
        {
            _vehicles.Remove(number);
        }

        Hear(time, anyone, emit);
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("emergency-1");
        _siren.Save(state);
        state.Write(_heardSince is not null);
        state.WriteTime(_heardSince ?? default);
        state.WriteTime(_heardReported);
        state.Write(_vehicles.Count);
        foreach ((long number, VehicleEvidence vehicle) in _vehicles)
        {
            state.Write(number);
            vehicle.Save(state);
        }
    }

    public void Load(BinaryReader state)
    {
        state.Expect("emergency-1");
        _siren.Load(state);
        bool heard = state.ReadBoolean();
        DateTimeOffset since = state.ReadTime();
        _heardSince = heard ? since : null;
        _heardReported = state.ReadTime();
        int count = state.ReadInt32();
        if (count is < 0 or > MostVehicles)
        {
            throw new InvalidDataException($"The saved state claims {count} vehicles.");
        }

        _vehicles.Clear();
        for (int i = 0; i < count; i++)
        {
            VehicleEvidence vehicle = new(options.MemorySeconds);
            long number = state.ReadInt64();
            vehicle.Load(state);
            _vehicles[number] = vehicle;
        }
    }

    private static double Logistic(double logOdds) => 1 / (1 + Math.Exp(-logOdds));

    private static double LogOdds(double probability) => Math.Log(probability / (1 - probability));

    private VehicleEvidence? Of(long number)
    {
        if (!_vehicles.TryGetValue(number, out VehicleEvidence? vehicle) && _vehicles.Count < MostVehicles)
        {
            vehicle = new VehicleEvidence(options.MemorySeconds);
            _vehicles.Add(number, vehicle);
        }

        return vehicle;
    }

    private double Probability(VehicleEvidence? vehicle, DateTimeOffset time) =>
        Logistic(LogOdds(options.PriorShare) + SirenForVehicle(time) + (vehicle?.LightBar(time) ?? 0) + (vehicle?.Detector(time) ?? 0));

    /// <summary>What the siren says of a vehicle: ratio of the sound's likelihoods if it is on duty and if it is not.</summary>
    private double SirenForVehicle(DateTimeOffset time)
    {
        double ratio = Math.Exp(_siren.At(time)), own = options.SirenShare, foreign = options.ForeignSirenShare;
        return Math.Log(((own * ratio) + 1 - own) / ((foreign * ratio) + 1 - foreign));
    }

    private void Hear(DateTimeOffset time, bool anyone, Action<EmergencyVehicle> emit)
    {
        double siren = _siren.At(time), confidence = Logistic(LogOdds(options.ForeignSirenShare) + siren);
        bool isHeard = !anyone && confidence >= (_heardSince is null ? options.OnConfidence : options.OffConfidence);
        bool begins = isHeard && _heardSince is null, ends = !isHeard && _heardSince is not null;
        _heardSince = begins ? time : _heardSince;
        if (begins || ends || (isHeard && (time - _heardReported).TotalSeconds >= options.ReportSeconds))
        {
            _heardReported = time;
            emit(new EmergencyVehicle
            {
                Confidence = confidence,
                Evidence = [new EmergencyEvidence(EmergencyEvidenceKind.Siren, siren)],
                FirstSeen = _heardSince!.Value,
                Ended = ends,
            });
        }

        _heardSince = isHeard ? _heardSince : null;
    }

    private void Report(VehicleEvidence vehicle, DateTimeOffset time, double confidence, bool ended, Action<EmergencyVehicle> emit)
    {
        vehicle.LastReported = time;
        List<EmergencyEvidence> evidence = [];
        Add(EmergencyEvidenceKind.LightBar, vehicle.LightBar(time));
        Add(EmergencyEvidenceKind.Siren, SirenForVehicle(time));
        Add(EmergencyEvidenceKind.Detector, vehicle.Detector(time));
        bool approaches = !ended && vehicle.Last is { DistanceM: >= 0, SpeedMps: >= StandingMps };
        emit(new EmergencyVehicle
        {
            Vehicle = vehicle.Last.Vehicle,
            Lane = vehicle.Last.Lane,
            Confidence = confidence,
            Evidence = evidence,
            FirstSeen = vehicle.FirstReported!.Value,
            ExpectedArrival = approaches ? vehicle.LastSeen + TimeSpan.FromSeconds(vehicle.Last.DistanceM!.Value / vehicle.Last.SpeedMps!.Value) : null,
            Ended = ended,
        });

        void Add(EmergencyEvidenceKind kind, double value)
        {
            if (Math.Abs(value) >= 0.1)
            {
                evidence.Add(new EmergencyEvidence(kind, Math.Round(value, 2)));
            }
        }
    }
}
