"""The steps of the camera pipeline without a model, with OpenCV: decode, scale, background model with shadows, cleaning, regions.

Arguments: a video, how often it is read. Prints one JSON object.
"""
import json
import resource
import sys
import time

import cv2

cv2.setNumThreads(1)
path, loops = sys.argv[1], int(sys.argv[2])
kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3))
model = cv2.createBackgroundSubtractorMOG2(history=500, varThreshold=16, detectShadows=True)
frames = regions = 0


def rss():
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


rss_start = None
begin = time.perf_counter()
for _ in range(loops):
    video = cv2.VideoCapture(path, cv2.CAP_FFMPEG)
    while True:
        good, picture = video.read()
        if not good:
            break
        height = round(picture.shape[0] * 640 / picture.shape[1] / 2) * 2
        small = cv2.resize(picture, (640, height), interpolation=cv2.INTER_AREA)
        mask = model.apply(small)
        moving = cv2.threshold(mask, 200, 255, cv2.THRESH_BINARY)[1]
        moving = cv2.morphologyEx(moving, cv2.MORPH_OPEN, kernel)
        moving = cv2.morphologyEx(moving, cv2.MORPH_CLOSE, kernel)
        count, _, stats, _ = cv2.connectedComponentsWithStats(moving)
        regions += sum(1 for i in range(1, count) if stats[i, cv2.CC_STAT_AREA] >= 60)
        frames += 1
        if frames == 100:
            rss_start = rss()
    video.release()

used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({
    "frames": frames,
    "seconds": time.perf_counter() - begin,
    "processorSeconds": used.ru_utime + used.ru_stime,
    "rssStartMb": rss_start,
    "rssEndMb": rss(),
    "regions": regions,
}))
