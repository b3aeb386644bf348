using Sensing.Steps;

namespace Sensing.TrafficCamera.Background;

internal sealed partial class BackgroundPixels
{
    public void Save(BinaryWriter state)
    {
        state.Mark("background-pixels-1");
        state.Write(_frames);
        state.WriteArray<short>(_y);
        state.WriteArray<short>(_cb);
        state.WriteArray<short>(_cr);
        state.WriteArray<short>(_noise);
        state.WriteArray<short>(_chromaNoise);
        state.WriteArray<ushort>(_seen);
        state.WriteArray<ushort>(_candidateSeen);
        state.WriteArray<byte>(_candidateY);
        state.WriteArray<byte>(_candidateCb);
        state.WriteArray<byte>(_candidateCr);
        state.WriteArray<byte>(_matched);
        state.WriteArray<byte>(_gap);
        state.WriteArray<byte>(_episodes);
        state.WriteArray<byte>(Luma);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("background-pixels-1");
        _frames = state.ReadInt32();
        state.ReadArray<short>(_y);
        state.ReadArray<short>(_cb);
        state.ReadArray<short>(_cr);
        state.ReadArray<short>(_noise);
        state.ReadArray<short>(_chromaNoise);
        state.ReadArray<ushort>(_seen);
        state.ReadArray<ushort>(_candidateSeen);
        state.ReadArray<byte>(_candidateY);
        state.ReadArray<byte>(_candidateCb);
        state.ReadArray<byte>(_candidateCr);
        state.ReadArray<byte>(_matched);
        state.ReadArray<byte>(_gap);
        state.ReadArray<byte>(_episodes);
        state.ReadArray<byte>(Luma);
    }
}
