namespace Sensing.Documentation.Tests;

/// <summary>Every command line that the documents show, and how it is tested.</summary>
internal static class CommandTable
{
    private const string Node = "dotnet run -c Release --project edge-node -- ";
    private const string Measure = "dotnet run -c Release --project benchmarks -- ";
    private const string LivePage = @"live page\s+http://127\.0\.0\.1:8080/";

    private const string ClientBuild = "node dashboards/client/build.mjs --page weather=tests/Sensing.SamplePipeline/page --out client";

    /// <summary>A configuration with a model registry in place of the usual one, and what is in the registry.</summary>
    private const string Registry = "cloud.json=registry.json";
    private const string RegistryFile = """echo '{ "models": { "directory": "registry" } }' > registry.json && echo model > model.onnx""";
    private const string AddModel = "cloud-ingest models add registry.json impacts model.onnx --model-version 2.0";

    private static readonly (string, string)[] Cloud = [("cloud-ingest run cloud.json", "query API is at")];
    private static readonly (string, string)[] Chain = [.. Cloud, ("edge-node run node.json", "has read its recording to the end")];

    public static IReadOnlyList<Coverage> All { get; } =
    [
        new Serves("./start", LivePage),
        new Serves("./start --recording street.h5 --speed 10", LivePage),
        new Serves("./start --recording monday --speed 10", LivePage),
        new Runs("./start --help", "--recording"),
        new Excepted("./test", "would run itself", Checks.CiRunsTheTests),
        new Excepted(".ci/run", "would run itself", Checks.IsAScript),
        new Excepted("./test --filter-class '*OutboxBoundsTests'", "would run itself", Checks.NamesATestClass),
        new Excepted("dotnet test --project tests/Sensing.Das.Tests", "would run tests within tests", Checks.NamesATestProject),
        new Runs("build/generate"),

        new Runs(Node + "replay street.h5 --pipeline das --plot street.png --out street.ndjson", "Drew street.png", "street.png", "street.ndjson"),
        new Runs(Node + "camera calibrate junction.mp4 --config north.json --out north.png", "Drew north.png", "north.png"),
        new Runs(
            Node + "replay junction.mp4 --pipeline traffic --config north.json --plot index.png --video marked.mp4 --out north.ndjson",
            "Wrote marked.mp4", "index.png", "marked.mp4", "north.ndjson"),
        new Runs("edge-node camera calibrate junction.mp4 --config north.json --out north.png", "Drew north.png", "north.png"),
        new Runs(
            "edge-node replay junction.mp4 --pipeline traffic --config north.json --plot index.png --video marked.mp4 --out north.ndjson",
            "Wrote marked.mp4", "index.png", "marked.mp4", "north.ndjson"),
        new Excepted("edge-node camera import-model nanodet --models models", "would download 145 MB", Checks.IsACommandOfTheNode),
        new Excepted("edge-node drone import-models --models models", "would download 174 MB", Checks.IsACommandOfTheNode),
        new Excepted(
            "dotnet run -c Release --project pipelines/Sensing.CloudInference -- --models models --url http://0.0.0.0:8080", "serves models that are downloaded",
            Checks.DeclaresItsOptions),
        new Runs("edge-node replay north.ndjson --pipeline junction --config junction.json", "sensing.traffic.signal-plan.v1")
        {
            After = ["edge-node replay junction.mp4 --pipeline traffic --config north.json --out north.ndjson"],
        },
        new Runs(Node + "validate node.json"),
        new Runs(Node + "doctor node.json", "fibre-a") { Beside = Cloud },
        new Serves(Node + "run node.json", "Connected to 127.0.0.1:1883") { Beside = Cloud },
        new Serves("edge-node run node.json", "Connected to 127.0.0.1:1883") { Beside = Cloud },
        new Runs("edge-node replay RECORDING --pipeline das", "sensing.das.vehicle.v1") { With = ["RECORDING=street.h5"] },
        new Runs("edge-node das calibrate RECORDING --out site.json", "", "site.json") { With = ["RECORDING=street.h5"] },
        new Runs("edge-node das calibrate 'monday/*.h5' --config das.json --out site.json --plot site.png", "", "site.json", "site.png"),
        new Runs("edge-node das calibrate 'monday/*.h5' --config das.json --out site.json --labels seen.csv", "", "site.json"),
        new Runs("edge-node replay voyage.nmea --pipeline marine --plot voyage.png", "sensing.marine.encounter.v1", "voyage.png"),
        new Runs("edge-node replay imu.csv --pipeline impact", "sensing.marine.impact.v1"),
        new Excepted("edge-node marine train --models models", "trains for a minute", Checks.IsACommandOfTheNode),
        new Runs("edge-node validate node.json"),
        new Runs("edge-node doctor node.json", "fibre-a") { Beside = Cloud },
        new Runs("edge-node dead-letters node.json") { Beside = Cloud, After = ["edge-node run node.json --until-finished"] },
        new Runs("edge-node inspect RECORDING", "channels") { With = ["RECORDING=street.h5"] },
        new Runs("edge-node outbox check data", "Sound") { Beside = Cloud, After = ["edge-node run node.json --until-finished"] },
        new Runs("edge-node outbox salvage data", "nothing to salvage") { Beside = Cloud, After = ["edge-node run node.json --until-finished"] },
        new Runs("edge-node describe --write .", "", "schemas/node.schema.json"),
        new Runs("edge-node replay RECORDING --pipeline das --record-effects effects.ndjson", "sensing.das.vehicle.v1", "effects.ndjson")
        {
            With = ["RECORDING=street.h5"],
        },
        new Runs("edge-node replay RECORDING --pipeline das --effects effects.ndjson", "sensing.das.vehicle.v1")
        {
            With = ["RECORDING=street.h5"], After = ["edge-node replay street.h5 --pipeline das --record-effects effects.ndjson"],
        },

        new Runs("echo '{}' > cloud.json", "", "cloud.json"),
        new Serves("dotnet run -c Release --project cloud-ingest -- run cloud.json", "query API is at"),
        new Serves("cloud-ingest run cloud.json", "query API is at"),
        new Runs("cloud-ingest validate cloud.json"),
        new Runs("cloud-ingest password USER", @"^cabinet-1:\$") { With = ["USER=cabinet-1"], Input = "a secret\n" },
        new Runs("cloud-ingest models --help", "revert"),
        new Runs("cloud-ingest models list cloud.json", "impacts 2.0  candidate") { With = [Registry], After = [RegistryFile, AddModel] },
        new Runs("cloud-ingest models add cloud.json impacts FILE --model-version 2.0", "Registered impacts 2.0") { With = [Registry, "FILE=model.onnx"], After = [RegistryFile] },
        new Runs("cloud-ingest models publish cloud.json impacts 2.0", "Published impacts 2.0") { With = [Registry], After = [RegistryFile, AddModel] },
        new Runs("cloud-ingest models revert cloud.json impacts", "Withdrew impacts 2.0")
        {
            With = [Registry], After = [RegistryFile, AddModel, "cloud-ingest models publish registry.json impacts 2.0"],
        },
        new Runs("cloud-ingest models windows cloud.json impacts --out windows.csv", "Wrote 0 of 0 windows", "windows.csv")
        {
            With = [Registry], After = [RegistryFile], Beside = Cloud,
        },
        new Runs("cloud-ingest models label cloud.json impacts windows.csv", "Read 0 labels") { With = [Registry], After = [RegistryFile, "echo source,id,label > windows.csv"] },
        new Runs("cloud-ingest describe --write ROOT", "", "schemas/cloud.schema.json") { With = ["ROOT=."] },
        new Runs("curl localhost:8080/api/v1/nodes", "\"site\":\"tunnel\",\"node\":\"cabinet-1\"") { Beside = Chain },
        new Runs("curl localhost:8080/api/v1/types", "\"type\":\"sensing.das.vehicle.v1\"") { Beside = Cloud },
        new Runs("curl localhost:8080/api/v1/streams", @"^\[") { Beside = Chain },
        new Runs("curl 'localhost:8080/api/v1/events?type=sensing.das.vehicle.v1&from=2026-01-02T12:00:00Z&order=desc&limit=100'", "\"items\":") { Beside = Chain },
        new Runs("curl 'localhost:8080/api/v1/events/latest?source=/sites/tunnel/nodes/cabinet-1/streams/fibre-a'", "\"items\":") { Beside = Chain },
        new Runs("curl 'localhost:8080/api/v1/rollups?step=15m&type=sensing.das.vehicle.v1'", "\"items\":") { Beside = Chain },
        // curl ends by the signal.
        new Serves("curl -N 'localhost:8080/api/v1/live?type=sensing.das.vehicle.v1'", "event: (sensing|node)", ExitCode: 130) { Beside = Chain },
        new Serves("dashboards run --api http://127.0.0.1:8080 --listen http://127.0.0.1:8081", "The dashboard is at http://127.0.0.1:8081") { Beside = Cloud },
        new Runs(ClientBuild, "", "client/weather.html"),
        new Serves("dashboards run --client client", "The dashboard is at http://127.0.0.1:8081")
        {
            With = [$"dashboards run={ClientBuild} && dashboards run"],
        },
        new Runs("node dashboards/client/check.mjs --page weather=tests/Sensing.SamplePipeline/page"),
        new Runs("npm test") { With = ["npm test=cd dashboards/client && npm test"] },

        new Runs("cloud-ingest/compose/prepare", "", "cloud-ingest/compose/secrets/ca.pem", "cloud-ingest/compose/secrets/mosquitto.pem"),
        new Runs("HOSTS=DNS:broker.example,IP:192.0.2.1 cloud-ingest/compose/prepare --renew mosquitto", "", "cloud-ingest/compose/secrets/mosquitto.pem")
        {
            After = ["cloud-ingest/compose/prepare"],
        },
        new Excepted("docker compose up --build", "needs a Docker engine and images from a registry", Checks.ComposeFileIsComplete),
        new Excepted("docker compose up -d --force-recreate mosquitto", "needs a Docker engine", Checks.NamesAComposeService),

        new Excepted("sudo apt-get install gcc", "fetches packages", Checks.NamesARequirement),
        new Excepted("sudo apt-get install clang gcc-aarch64-linux-gnu libc6-dev-arm64-cross", "fetches packages", _ => { }),
        new Excepted("dotnet publish edge-node -c Release -r linux-x64 -o out", "compiles for minutes; PublishedNodeTests does it", Checks.NamesAProgram),
        new Excepted("dotnet publish edge-node -c Release -r linux-arm64 -o out", "needs a compiler for another processor", Checks.NamesAProgram),
        new Runs("sudo useradd --system --home /var/lib/sensing sensing") { NeedsRoot = true },
        new Runs("sudo install -d /opt/sensing && sudo cp -r out/. /opt/sensing/", "", "/opt/sensing/edge-node") { NeedsRoot = true },
        new Runs("sudo install -D -m 640 -g sensing node.json /etc/sensing/node.json", "", "/etc/sensing/node.json")
        {
            NeedsRoot = true, After = ["sudo useradd --system --home /var/lib/sensing sensing"],
        },
        new Runs("sudo install -m 644 edge-node/deploy/edge-node.service /etc/systemd/system/", "", "/etc/systemd/system/edge-node.service") { NeedsRoot = true },
        new Excepted("sudo systemctl enable --now edge-node", "needs systemd as the first process", Checks.UnitMatchesTheInstallation),
        new Excepted("systemctl reload edge-node", "needs systemd as the first process", Checks.UnitMatchesTheInstallation),
        new Excepted("sysctl net.core.rmem_max=4194304", "would change the machine", Checks.NamesAKernelSetting),
        new Excepted("h5dump -d /header/dataScale FILE", "needs HDF5's own tools and an instrument's recording", Checks.NamesADatasetThatIsRead),
        new Excepted("mosquitto_sub -q 1", "is named as what is measured against, not shown to be typed", Checks.IsInstalledForTests),

        new Runs("sensing-schedule list", "Plan-ahead"),
        new Excepted(
            "sensing-schedule compare --workload 4-active --variability all --seeds 1000-1029 --csv runs.csv --plot comparison.png", "takes minutes",
            Checks.KnowsItsOptions),
        new Excepted("sensing-schedule compare --workload harbour.json --seeds 1-5", "compares the reader's own workload", Checks.KnowsItsOptions),
        new Runs("sensing-schedule timeline --workload 2-active --policy DEMS --plot dems.png", "", "dems.png"),
        new Runs("dotnet run -c Release --project pipelines/Sensing.Scheduling.Command -- …", "Plan-ahead") { With = ["…=list"] },

        new Runs(Measure + "NAME", "edge-outbox") { With = ["NAME=list"] },
        new Runs(Measure + "edge-outbox", "\"measure\":\"edge-outbox\""),
        new Runs(Measure + "store-copy --events 20000 --rounds 2", "\"sink_over_copy\":"),
        .. new[]
        {
            "scheduling-table --variability all", "scheduling-cost", "page-first-view --views 5", "das-synthetic", "das-real", "das-latency", "edge-footprint",
            "delivery-speed", "delivery-faults --garbage-mb 1000", "poison", "hostile-load", "camera-counts",
            "camera-emergency --part sirens", "camera-emergency --fit",
            "camera-emergency --part lightbars", "camera-occupancy", "camera-robustness", "camera-speed", "camera-speed --minutes 60",
            "marine-ais", "marine-colreg", "marine-replay", "models-import", "drones-tasks", "drones-live", "marine-approach",
            "marine-impact", "marine-latency", "marine-upload",
            "outbox-damage", "reader-fuzz",
        }.Select(measure => new Excepted(Measure + measure, "measures for minutes, on a machine that does nothing else", Checks.NamesAMeasure)),
    ];
}
