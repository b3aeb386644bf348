using System.Runtime.InteropServices;
using Sensing.Das.Condition;
using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Das.Hough;

/// <summary>The last rows of evidence, laid out so that a position's times lie side by side.</summary>
/// <remarks>Each value is written twice, a ring's length apart, so that any stretch within the ring is contiguous.</remarks>
internal sealed class EvidenceHistory : IResumable
{
    private readonly float[][] _evidence;
    private readonly float[] _vibration;
    private readonly float[] _unit;
    private readonly bool[] _alive;

    public EvidenceHistory(int templates, int positions, int rows)
    {
        Positions = positions;
        Kept = rows;
        Length = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)rows);

        _evidence = [.. Enumerable.Range(0, templates).Select(_ => new float[positions * 2 * Length])];
        _vibration = new float[positions * 2 * Length];
        _unit = new float[positions];
        _alive = new bool[positions];
    }

    public int Positions { get; }

    /// <summary>Rows that can be asked for and are saved.</summary>
    public int Kept { get; }

    /// <summary>Length of the ring that holds them: a power of two.</summary>
    private int Length { get; }

    /// <summary>Number of the newest row; -1 before the first.</summary>
    public long Newest { get; private set; } = -1;

    public ReadOnlySpan<bool> Alive => _alive;

    public void Add(ConditionedRow row)
    {
        Newest = row.Row;
        int slot = (int)(row.Row & (Length - 1));
        for (int t = 0; t < _evidence.Length; t++)
        {
            Spread(row.Evidence[t], _evidence[t], slot);
        }

        Spread(row.Vibration, _vibration, slot);
        row.Unit.CopyTo(_unit, 0);
        row.Alive.CopyTo(_alive, 0);
    }

    /// <summary>A position's evidence from <paramref name="row"/> on, contiguous.</summary>
    public ReadOnlySpan<float> Evidence(int template, int position, long row, int count) =>
        _evidence[template].AsSpan((position * 2 * Length) + (int)(row & (Length - 1)), count);

    /// <summary>A position's vibration power from <paramref name="row"/> on, contiguous.</summary>
    public ReadOnlySpan<float> Vibration(int position, long row, int count) =>
        _vibration.AsSpan((position * 2 * Length) + (int)(row & (Length - 1)), count);

    /// <summary>One deviation of the first template's evidence, 1/s.</summary>
    public float UnitOf(int position) => _unit[position];

    public void Reset()
    {
        Newest = -1;
        foreach (float[] evidence in _evidence)
        {
            Array.Clear(evidence);
        }

        Array.Clear(_vibration);
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("evidence-2");
        state.Write(Newest);
        foreach (float[] evidence in _evidence)
        {
            SaveRings(state, evidence);
        }

        SaveRings(state, _vibration);
        state.WriteArray<float>(_unit);
        state.WriteArray<bool>(_alive);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("evidence-2");
        Newest = state.ReadInt64();
        foreach (float[] evidence in _evidence)
        {
            LoadRings(state, evidence);
        }

        LoadRings(state, _vibration);
        state.ReadArray<float>(_unit);
        state.ReadArray<bool>(_alive);
    }

    /// <summary>Each value once, and only the rows that can be asked for: a checkpoint of a long fibre is written often.</summary>
    private void SaveRings(BinaryWriter state, float[] rings)
    {
        int oldest = (int)((Newest - Kept + 1) & (Length - 1));
        for (int p = 0; p < Positions; p++)
        {
            state.Write(MemoryMarshal.AsBytes(rings.AsSpan((p * 2 * Length) + oldest, Kept)));
        }
    }

    private void LoadRings(BinaryReader state, float[] rings)
    {
        var kept = new float[Kept];
        Span<byte> bytes = MemoryMarshal.AsBytes(kept.AsSpan());
        for (int p = 0; p < Positions; p++)
        {
            state.BaseStream.ReadExactly(bytes);
            for (int i = 0; i < Kept; i++)
            {
                int at = (p * 2 * Length) + (int)((Newest - Kept + 1 + i) & (Length - 1));
                rings[at] = kept[i];
                rings[at + Length] = kept[i];
            }
        }
    }

    private void Spread(float[] values, float[] rings, int slot)
    {
        for (int p = 0; p < Positions; p++)
        {
            int at = (p * 2 * Length) + slot;
            rings[at] = values[p];
            rings[at + Length] = values[p];
        }
    }
}
