namespace Sensing.TrafficCamera.Sirens;

/// <content>The fitted weights.</content>
/// <remarks>Made by <c>benchmarks -- camera-emergency --fit</c> on 2026-11-30: 64 clips of the siren set (each fifth kept back) with three changed
/// variants each, and 60 synthetic sounds of each <see cref="SoundKind"/>.</remarks>
internal static partial class SirenModel
{
    private static ReadOnlySpan<float> Weights =>
    [
        // Hidden unit 1.
        0.7595f, 1.8512f, 0.1685f, 0.8041f, -1.5466f, -0.6036f, -3.0114f, 0.4746f, 2.1456f, 0.861f, 0.1173f,
        0.0628f, -0.6682f, 2.1708f, -0.6204f, 12.2938f, 0.8626f, 0.5477f, 0.6723f,
        // Hidden unit 2.
        -4.8723f, 0.4261f, -0.2425f, 1.6797f, -0.5757f, 0.1241f, -1.0088f, -0.2132f, -0.6796f, 0.5676f,
        -0.0398f, 0.137f, 3.8468f, 1.6665f, -1.0915f, -7.2201f, 0.6256f, -0.5785f, 0.425f,
        // Hidden unit 3.
        0.883f, 0.7334f, -0.0301f, 2.3394f, 1.5919f, 0.6445f, 0.187f, -0.438f, 0.0965f, 0.9504f, 1.0251f,
        0.5313f, -0.3298f, 1.704f, -4.367f, -5.2388f, 1.0246f, 0.3494f, -4.6015f,
        // Hidden unit 4.
        -0.6865f, 1.1798f, 0.7055f, 2.6921f, 0.8294f, 0.3249f, 2.8466f, 0.0346f, -1.2762f, 0.7886f, 1.9036f,
        1.1746f, 1.2463f, 1.7888f, -4.6246f, -2.8806f, 0.7311f, -0.0538f, 0.154f,
        // Hidden unit 5.
        0.9098f, 0.2445f, 0.031f, 3.2237f, -0.2422f, -0.4047f, 1.1189f, 2.2425f, -1.1804f, 0.0239f, 0.4221f,
        -0.0983f, -1.5302f, 0.0864f, -1.2817f, -10.5737f, 0.2477f, -0.0602f, -1.757f,
        // Hidden unit 6.
        9.4472f, -0.6752f, -0.2231f, 1.7658f, -0.7866f, 0.2376f, -2.5264f, -0.9055f, -0.5721f, 0.9545f,
        3.2944f, -0.2436f, -0.9438f, 0.0145f, 6.9606f, -6.9449f, 0.9766f, -0.2803f, -0.2421f,
        // Output.
        0.0689f, 2.3205f, 1.9099f, 1.4103f, 1.7835f, 2.2754f, 1.5216f,
    ];
}
