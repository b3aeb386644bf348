using Sensing.Das.Sources;
using Sensing.Streams;

namespace Sensing.Das;

/// <summary>Everything of the fibre under the words that configuration uses.</summary>
public static class DasStreams
{
    public static StreamCatalogue AddTo(StreamCatalogue catalogue) => catalogue
        .AddSource<DasBlock, Hdf5SourceOptions>(
            "hdf5", "HDF5 recordings of a fibre: OptoDAS, PRODML, the plain strain-rate layout, or a described one.",
            (options, context) => new FileSource(options, context))
        .AddSource<DasBlock, NpySourceOptions>(
            "npy", "NumPy arrays of a fibre's samples, each with its JSON sidecar.",
            (options, context) => new FileSource(options, context))
        .AddSource<DasBlock, DirectorySourceOptions>(
            "directory", "A folder into which an interrogator drops files.",
            (options, context) => new DirectorySource(options, context))
        .AddSource<DasBlock, OptoDasZmqSourceOptions>(
            "optodas-zmq", "The live stream of an OptoDAS interrogator, over ZeroMQ.",
            (options, context) => new OptoDasZmqSource(options, context))
        .AddSource<DasBlock, SyntheticSourceOptions>(
            "synthetic", "A fibre that the program makes up, with known vehicles.",
            (options, context) => new SyntheticSource(options, context))
        .AddPipeline<DasBlock, DasOptions>(
            "das", "Vehicles, traffic flow and a waterfall from a fibre along a road.",
            (options, context) => new DasPipeline(options, context.Address, SiteCalibration.Load(options, context.BaseDirectory)));
}
